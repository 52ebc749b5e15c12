package io.overt.shell.connect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the command line asks of the connection: options by their long names of today. */
public final class Asked {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("-l", "url"),
          Map.entry("-u", "user"),
          Map.entry("username", "user"),
          Map.entry("ca", "ca-file"),
          Map.entry("-A", "ca-file"),
          Map.entry("-K", "key-file"),
          Map.entry("-C", "cert-file"),
          Map.entry("-I", "insecure"),
          Map.entry("-D", "dont-validate-cert-chain"),
          Map.entry("-F", "filter"),
          Map.entry("-P", "port"),
          Map.entry("-T", "timeout"),
          Map.entry("-S", "session-timeout"),
          Map.entry("-r", "renew-session"));

  private final Map<String, String> values = new LinkedHashMap<>();

  /** The long name of today, without dashes, of an option of the connection; else null. */
  public static @Nullable String option(String name) {
    String plain = name.startsWith("--") ? name.substring(2) : name;
    String known = NAMES.getOrDefault(plain.replace('_', '-'), plain.replace('_', '-'));
    return switch (known) {
      case "url",
          "user",
          "password-file",
          "password-stdin",
          "token",
          "ca-file",
          "insecure",
          "profile",
          "state",
          "filter",
          "timeout",
          "port",
          "session-timeout",
          "renew-session",
          "dont-validate-cert-chain",
          "key-file",
          "cert-file",
          "kerberos" ->
          known;
      default -> null;
    };
  }

  /** Whether an option stands alone. */
  public static boolean isFlag(String option) {
    return switch (option) {
      case "insecure",
          "filter",
          "renew-session",
          "dont-validate-cert-chain",
          "password-stdin",
          "kerberos" ->
          true;
      default -> false;
    };
  }

  public void put(String option, String value) {
    values.put(option, value);
  }

  Optional<String> get(String option) {
    return Optional.ofNullable(values.get(option));
  }

  boolean is(String option) {
    return "true".equals(values.get(option));
  }

  public Asked copy() {
    Asked copy = new Asked();
    copy.values.putAll(values);
    return copy;
  }
}
