package io.overt.shell.output;

/** Colours of a terminal: headings bold, states as good, bad or on the way. */
final class Colours {
  private static final String END = "\033[0m";

  private Colours() {}

  static String of(boolean heading, String column, String text) {
    if (text.isEmpty()) {
      return text;
    }
    if (heading) {
      return "\033[1m" + text + END;
    }
    if (!column.equals("status") && !column.endsWith(".status") && !column.equals("severity")) {
      return text;
    }
    return switch (text) {
      case "up", "ok", "active", "finished", "normal" -> "\033[32m" + text + END;
      case "down", "maintenance", "inactive", "unattached" -> "\033[2m" + text + END;
      case "error",
          "failed",
          "non_responsive",
          "non_operational",
          "not_responding",
          "illegal",
          "alert" ->
          "\033[31m" + text + END;
      default -> "\033[33m" + text + END;
    };
  }
}
