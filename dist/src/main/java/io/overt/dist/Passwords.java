package io.overt.dist;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Passwords come from a file, a terminal or a pipe: arguments are for everybody to see. */
final class Passwords {
  private Passwords() {}

  /** Without the line's end. */
  static String read(@Nullable Path file) {
    try {
      if (file != null) {
        return firstLine(Files.readString(file));
      }
      if (Progress.isTerminal(0)) {
        return ask(Objects.requireNonNull(System.console()));
      }
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = input.readLine();
      if (line == null) {
        throw new Failure("a password is expected on standard input, or name a --password-file");
      }
      return line;
    } catch (IOException e) {
      throw new Failure("cannot read the password: " + e);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String ask(Console console) {
    char[] once = console.readPassword("Password: ");
    char[] again = console.readPassword("Again: ");
    if (once == null || again == null || !Arrays.equals(once, again)) {
      throw new Failure("the two passwords differ; nothing was changed");
    }
    return new String(once);
  }
}
