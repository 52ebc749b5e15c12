package io.overt.rest.http;

import java.nio.charset.StandardCharsets;

/** The few HTML bodies that clients of the API see. */
public final class Html {
  public static final String TYPE = "text/html;charset=UTF-8";

  private Html() {}

  /** The page that oVirt answers for refused requests, with the message escaped. */
  public static byte[] error(String message) {
    return ("<html><head><title>Error</title></head><body>" + escape(message) + "</body></html>")
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Text safe inside elements and attributes in double quotes; control characters become blanks.
   */
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      switch (character) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        case '"' -> safe.append("&quot;");
        default -> safe.append(character < ' ' ? ' ' : character);
      }
    }
    return safe.toString();
  }
}
