package io.overt.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What somebody needs to log in. A password that was made here is shown the first time only. */
final class Welcome {
  private Welcome() {}

  static void print(Site site) {
    System.out.println("  URL       " + site.url());
    System.out.println("  CA        " + site.config().authorityDirectory().resolve("ca.pem"));
    System.out.println("  User      admin@internal");
    System.out.println("  Password  " + password(site));
  }

  private static String password(Site site) {
    if (site.passwordFile().isEmpty()) {
      return "as you set it (it is in no file)";
    }
    Path file = site.passwordFile().get();
    Path shown = site.config().runDirectory().resolve("password-shown");
    if (!file.equals(site.config().generatedPasswordFile()) || Files.exists(shown)) {
      return "in " + file;
    }
    try {
      Files.writeString(shown, "");
      return Files.readString(file).strip() + "  (shown this once; kept in " + file + ")";
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use " + file, e);
    }
  }
}
