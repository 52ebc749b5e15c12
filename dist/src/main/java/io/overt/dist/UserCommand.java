package io.overt.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "user", description = "Users of the directory 'internal'.")
final class UserCommand {
  private static final String NAME = "NAME";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  boolean help;

  /** Password options. */
  static final class PasswordOption {
    @Option(
        names = "--password-file",
        paramLabel = "F",
        description = "where the password is; default: asked for, or a line of standard input")
    @Nullable Path file;
  }

  @Command(description = "Adds a user, who may log in once somebody grants a role.")
  int add(
      @Mixin SiteOptions options,
      @Mixin PasswordOption password,
      @Option(names = "--first-name", defaultValue = "") String firstName,
      @Option(names = "--last-name", defaultValue = "") String lastName,
      @Option(names = "--email", defaultValue = "") String email,
      @Parameters(paramLabel = NAME) String name) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("name", name);
    arguments.put("first-name", firstName);
    arguments.put("last-name", lastName);
    arguments.put("email", email);
    arguments.put("password", Passwords.read(password.file));
    options.site().admin().call("user add", arguments);
    System.out.println("Added " + name + "@internal, who has no permissions yet.");
    return 0;
  }

  @Command(description = "Sets a user's password.")
  int password(
      @Mixin SiteOptions options,
      @Mixin PasswordOption password,
      @Parameters(paramLabel = NAME) String name)
      throws IOException {
    Site site = options.site();
    String value = Passwords.read(password.file);
    site.admin().call("user password", Map.of("name", name, "password", value));
    if (name.equals("admin") && Files.deleteIfExists(site.config().generatedPasswordFile())) {
      System.out.println("The file with the old password was removed.");
    }
    System.out.println("The password of " + name + "@internal was set.");
    return 0;
  }

  @Command(description = "Lets a user log in no more.")
  int disable(@Mixin SiteOptions options, @Parameters(paramLabel = NAME) String name) {
    options.site().admin().call("user disable", Map.of("name", name));
    System.out.println(name + "@internal cannot log in any more.");
    return 0;
  }

  @Command(description = "Lets a user log in again.")
  int unlock(@Mixin SiteOptions options, @Parameters(paramLabel = NAME) String name) {
    options.site().admin().call("user unlock", Map.of("name", name));
    System.out.println(name + "@internal can log in.");
    return 0;
  }

  @Command(description = "Lists all users.")
  int list(@Mixin SiteOptions options) {
    Object users = options.site().admin().call("user list", Map.of()).get("users");
    if (users instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> user) {
          System.out.println(
              String.format(
                      Locale.ROOT,
                      "%-24s %-9s %s %s %s",
                      user.get("name") + "@internal",
                      Boolean.TRUE.equals(user.get("enabled")) ? "enabled" : "disabled",
                      user.get("first-name"),
                      user.get("last-name"),
                      user.get("email"))
                  .stripTrailing());
        }
      }
    }
    return 0;
  }
}
