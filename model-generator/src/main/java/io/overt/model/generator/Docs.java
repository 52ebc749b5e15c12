package io.overt.model.generator;

import org.jspecify.annotations.Nullable;

/** The model's documentation as Java comments: its first sentence, escaped. */
final class Docs {
  private static final int LIMIT = 220;

  private Docs() {}

  static String comment(@Nullable String doc, String indent) {
    String summary = summary(doc);
    return summary.isEmpty() ? "" : indent + "/** " + summary + " */\n";
  }

  static String summary(@Nullable String doc) {
    if (doc == null) {
      return "";
    }
    String text = doc.strip();
    int blank = text.indexOf("\n\n");
    if (blank >= 0) {
      text = text.substring(0, blank);
    }
    text = text.replaceAll("\\s+", " ");
    int stop = text.indexOf(". ");
    if (stop >= 0) {
      text = text.substring(0, stop + 1);
    }
    if (text.length() > LIMIT) {
      text = text.substring(0, LIMIT) + "...";
    }
    return text.replace("*/", "*")
        .replace("\\", "&#92;")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("{", "&#123;")
        .replace("}", "&#125;");
  }
}
