package io.overt.model.generator.sdk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The model's documentation, which is AsciiDoc, as comments: the first sentence of each. */
final class JavaDoc {
  private static final int LONGEST = 400;
  private static final Pattern CODE = Pattern.compile("`([^`{}@<>&*\\\\]+)`");
  private static final Pattern LINK = Pattern.compile("<<[^,>]*,\\s*([^>]*)>>");

  private JavaDoc() {}

  /** A comment with its line end; nothing if the model says nothing. */
  static String comment(String doc, String indent) {
    String summary = summary(doc);
    return summary.isEmpty() ? "" : indent + "/** " + summary + " */\n";
  }

  static String summary(String doc) {
    String text = doc.strip();
    int blank = text.indexOf("\n\n");
    if (blank >= 0) {
      text = text.substring(0, blank);
    }
    text = LINK.matcher(text).replaceAll(match -> Matcher.quoteReplacement(match.group(1)));
    text = text.replace("{engine-name}", "engine").replaceAll("\\s+", " ");
    int stop = text.indexOf(". ");
    if (stop >= 0) {
      text = text.substring(0, stop + 1);
    }
    if (text.length() > LONGEST) {
      text = text.substring(0, LONGEST).replaceAll("`", "") + "…";
    }
    StringBuilder result = new StringBuilder();
    Matcher code = CODE.matcher(text);
    int end = 0;
    while (code.find()) {
      result.append(escaped(text.substring(end, code.start())));
      result.append("{@code ").append(code.group(1)).append('}');
      end = code.end();
    }
    return result.append(escaped(text.substring(end))).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("*/", "*&#47;")
        .replace("\\", "&#92;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("{", "&#123;")
        .replace("}", "&#125;");
  }
}
