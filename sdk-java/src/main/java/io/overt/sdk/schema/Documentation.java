package io.overt.sdk.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the model says, read when first asked for. */
final class Documentation {
  private static final int LONGEST_SUMMARY = 300;

  private Documentation() {}

  private static final class Holder {
    static final String TEXT = read();

    private static String read() {
      try (InputStream input = Documentation.class.getResourceAsStream("documentation")) {
        if (input == null) {
          throw new IllegalStateException("the SDK was built without its documentation");
        }
        return new String(input.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the SDK's documentation", e);
      }
    }
  }

  /** Empty if the model says nothing. */
  static String of(String path) {
    String mark = "\n\u0001" + path + "\n";
    int found = Holder.TEXT.indexOf(mark);
    if (found < 0) {
      return "";
    }
    int start = found + mark.length();
    return Holder.TEXT.substring(start, Holder.TEXT.indexOf("\n\u0001", start));
  }

  static String summary(String documentation) {
    int blank = documentation.indexOf("\n\n");
    String text = blank < 0 ? documentation : documentation.substring(0, blank);
    text = text.replaceAll("\\s+", " ").strip();
    int stop = text.indexOf(". ");
    if (stop >= 0) {
      text = text.substring(0, stop + 1);
    }
    return text.length() > LONGEST_SUMMARY ? text.substring(0, LONGEST_SUMMARY) + "…" : text;
  }
}
