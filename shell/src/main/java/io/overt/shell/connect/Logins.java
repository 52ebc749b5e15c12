package io.overt.shell.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Tokens of those who logged in, a file for each profile. */
public final class Logins {
  private final Homes homes;

  public Logins(Homes homes) {
    this.homes = homes;
  }

  private Path file(String profile) {
    StringBuilder name = new StringBuilder("login-");
    for (int i = 0; i < profile.length(); i++) {
      char each = profile.charAt(i);
      name.append(Character.isLetterOrDigit(each) || each == '-' ? each : '_');
    }
    return homes.logins().resolve(name.toString());
  }

  /** Who is logged in. */
  public Optional<Target> get(String profile) {
    Path file = file(profile);
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      Map<String, String> values =
          Ini.parse("[login]\n" + Files.readString(file)).getOrDefault("login", Map.of());
      String url = values.getOrDefault("url", "");
      String ca = values.getOrDefault("ca", "");
      return url.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Target(
                  "login of " + values.getOrDefault("user", "somebody"),
                  url,
                  values.get("user"),
                  null,
                  values.get("token"),
                  ca.isEmpty() ? null : Path.of(ca),
                  Boolean.parseBoolean(values.get("insecure")),
                  null,
                  Target.TIMEOUT));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  public void put(String profile, Target target, String token) {
    String text =
        "url=%s%nuser=%s%nca=%s%ninsecure=%s%ntoken=%s%n"
            .formatted(
                target.url(),
                target.user(),
                target.ca() == null ? "" : target.ca().toAbsolutePath(),
                target.insecure(),
                token);
    Secrets.write(file(profile), text);
  }

  public void remove(String profile) {
    try {
      Files.deleteIfExists(file(profile));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + file(profile), e);
    }
  }
}
