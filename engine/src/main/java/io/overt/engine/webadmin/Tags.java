package io.overt.engine.webadmin;

import io.overt.rest.http.Exchange;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Entity tags (RFC 9110, section 8.8.3); weak, since bodies are packed on their way. */
final class Tags {
  private static final int BYTES = 16;

  private Tags() {}

  static String of(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return "W/\"" + HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES)) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Sets the tag; true when the client has that very content, which is then all the answer. */
  static boolean answered(Exchange exchange, String tag) throws IOException {
    exchange.setHeader("ETag", tag);
    for (String header : exchange.headers("If-None-Match")) {
      for (String known : header.split(",")) {
        String name = known.strip();
        if (name.equals("*") || opaque(name).equals(opaque(tag))) {
          exchange.answer(304);
          return true;
        }
      }
    }
    return false;
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
