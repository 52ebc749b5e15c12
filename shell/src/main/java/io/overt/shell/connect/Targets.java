package io.overt.shell.connect;

import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine that is meant: what options say, then the environment, then the profile that was
 * named or chosen, then a login, then the engine of this machine.
 */
public final class Targets {
  private final Homes homes;
  private final Function<String, Optional<String>> ask;

  /**
   * @param ask asks at the terminal without echo, empty where there is none
   */
  public Targets(Homes homes, Function<String, Optional<String>> ask) {
    this.homes = homes;
    this.ask = ask;
  }

  /** The name under which a login is kept. */
  public String profileName(Asked asked) {
    return asked
        .get("profile")
        .or(() -> Optional.ofNullable(homes.environment().get("OVERT_PROFILE")))
        .or(() -> new Profiles(homes).chosen())
        .orElse(Profiles.DEFAULT);
  }

  /**
   * The engine and how to get in.
   *
   * @param forLogin whether a token of an earlier login will not do
   */
  public Target find(Asked asked, boolean forLogin) {
    if (asked.is("kerberos")) {
      throw ShellFailure.syntax("Kerberos is not supported: log in with user and password");
    }
    Target place = place(asked);
    String token = asked.get("token").orElse(forLogin ? null : place.token());
    if (asked.get("token").isPresent()) {
      return place.withUser(place.user(), null, token);
    }
    Optional<String> user =
        asked.get("user").or(() -> Optional.ofNullable(homes.environment().get("OVERT_USER")));
    boolean sameUser = user.isEmpty() || user.get().equals(place.user());
    if (token != null && sameUser) {
      return place;
    }
    String name = user.orElse(place.user());
    if (name == null) {
      throw new ShellFailure(
          Status.AUTHENTICATION,
          "Nobody is named to log in to " + place.url() + " as; use --user, or login");
    }
    String password =
        given(asked)
            .or(() -> Optional.ofNullable(sameUser ? place.password() : null))
            .or(() -> ask.apply("Password of " + name + ": "))
            .orElseThrow(
                () ->
                    new ShellFailure(
                        Status.AUTHENTICATION,
                        "The password of "
                            + name
                            + " is needed: name its file with --password-file or OVERT_PASSWORD_FILE,"
                            + " or give it as a line of the input with --password-stdin"));
    return place.withUser(name, password, null);
  }

  private Optional<String> given(Asked asked) {
    if (asked.is("password-stdin")) {
      try {
        String line =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return Optional.ofNullable(line);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the password", e);
      }
    }
    return asked
        .get("password-file")
        .or(() -> Optional.ofNullable(homes.environment().get("OVERT_PASSWORD_FILE")))
        .map(file -> Secrets.read(Path.of(file)));
  }

  private Target place(Asked asked) {
    Optional<String> state = asked.get("state");
    if (state.isPresent()) {
      Path directory = Path.of(state.get()).toAbsolutePath();
      return adjusted(
          LocalEngine.in(directory).orElseThrow(() -> LocalEngine.notRunning(directory)), asked);
    }
    Optional<String> url =
        asked.get("url").or(() -> Optional.ofNullable(homes.environment().get("OVERT_URL")));
    Optional<String> profile =
        asked
            .get("profile")
            .or(() -> Optional.ofNullable(homes.environment().get("OVERT_PROFILE")));
    if (url.isPresent()) {
      Target bare =
          new Target("--url", url.get(), null, null, null, null, false, null, Target.TIMEOUT);
      Target login = new Logins(homes).get(profileName(asked)).orElse(bare);
      return adjusted(login.url().equals(withPath(url.get())) ? login : bare, asked);
    }
    Profiles profiles = new Profiles(homes);
    String name = profile.or(profiles::chosen).orElse(Profiles.DEFAULT);
    Optional<Target> login = new Logins(homes).get(name);
    if (login.isPresent()) {
      return adjusted(login.get(), asked);
    }
    if (profile.isPresent() || profiles.chosen().isPresent()) {
      return adjusted(of(name, profiles.get(name)), asked);
    }
    Path local = homes.engineState();
    return adjusted(
        LocalEngine.in(local)
            .orElseThrow(
                () ->
                    new ShellFailure(
                        Status.CONNECTION,
                        "No engine is named, and none runs in "
                            + local
                            + ": use --url, --state or --profile, or log in")),
        asked);
  }

  private static Target of(String name, Map<String, String> profile) {
    String url = profile.getOrDefault("url", "");
    if (url.isEmpty()) {
      throw ShellFailure.syntax("The profile '" + name + "' has no url");
    }
    String file = profile.getOrDefault("password_file", "");
    String password = profile.getOrDefault("password", "");
    return new Target(
        "the profile " + name,
        url,
        emptyToNull(profile.get("username"), profile.get("user")),
        !password.isEmpty() ? password : file.isEmpty() ? null : Secrets.read(Path.of(file)),
        null,
        path(profile.get("ca_file")),
        isTrue(profile.get("insecure")) || isTrue(profile.get("dont_validate_cert_chain")),
        isTrue(profile.get("filter")) ? true : null,
        timeout(profile.getOrDefault("timeout", "")));
  }

  private static @Nullable String emptyToNull(@Nullable String one, @Nullable String other) {
    return one != null && !one.isEmpty() ? one : other != null && !other.isEmpty() ? other : null;
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null || text.isEmpty() || text.equals("None") ? null : Path.of(text);
  }

  private static boolean isTrue(@Nullable String text) {
    return text != null && (text.equalsIgnoreCase("true") || text.equals("1"));
  }

  private static Duration timeout(String text) {
    try {
      long seconds = text.isEmpty() ? 0 : Long.parseLong(text);
      return seconds > 0 ? Duration.ofSeconds(seconds) : Target.TIMEOUT;
    } catch (NumberFormatException e) {
      throw ShellFailure.syntax("The timeout is '" + text + "', expected a number of seconds");
    }
  }

  /** With what options and the environment say beyond who and where. */
  private Target adjusted(Target target, Asked asked) {
    Path ca =
        asked
            .get("ca-file")
            .or(() -> Optional.ofNullable(homes.environment().get("OVERT_CA")))
            .map(Path::of)
            .orElse(target.ca());
    return new Target(
        target.source(),
        withPort(withPath(target.url()), asked.get("port")),
        target.user(),
        target.password(),
        target.token(),
        ca,
        target.insecure() || asked.is("insecure") || asked.is("dont-validate-cert-chain"),
        asked.get("filter").map(Boolean::valueOf).orElse(target.filter()),
        asked.get("timeout").map(Targets::timeout).orElse(target.timeout()));
  }

  /** With the path of the API when only a host is named. */
  private static String withPath(String url) {
    int host = url.indexOf("://");
    if (host < 0) {
      throw ShellFailure.syntax(
          "The url is '" + url + "', expected https://HOST[:PORT]/ovirt-engine/api");
    }
    String plain = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    if (plain.indexOf('/', host + 3) < 0) {
      return plain + "/ovirt-engine/api";
    }
    return plain.endsWith("/ovirt-engine") ? plain + "/api" : plain;
  }

  private static String withPort(String url, Optional<String> port) {
    if (port.isEmpty()) {
      return url;
    }
    int host = url.indexOf("://") + 3;
    int path = url.indexOf('/', host);
    int colon = url.indexOf(':', host);
    int end = colon > 0 && colon < path ? colon : path;
    return url.substring(0, end) + ":" + port.get() + url.substring(path);
  }
}
