package io.overt.access.directory;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/**
 * The directory {@code internal}. Names compare exactly.
 *
 * <p>A disabled user, or one with a new password, is refused on this node at once, on other nodes
 * within {@code 30 s}; the caller ends the user's sessions.
 */
public final class Directory {
  /** What follows {@code @} in a login name. */
  public static final String PROFILE = "internal";

  /** What follows {@code @} in the engine's name of a user. */
  public static final String AUTHZ = "internal-authz";

  /** The id of the domain on the wire. */
  public static final String DOMAIN_ID = hex(AUTHZ);

  public static final String ADMINISTRATOR = "admin";

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._+-]{1,128}");
  private static final int SHORTEST_PASSWORD = 6;
  private static final int LONGEST_PASSWORD = 1024;
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private final DirectoryTables tables;
  private final LoginThrottle throttle;
  private final VerifiedPasswords verified;

  /** On a database that has the tables of {@code db/migration/access}. */
  public Directory(Jdbi database, InstantSource clock) {
    this.tables = new DirectoryTables(database);
    this.throttle = new LoginThrottle(clock);
    this.verified = new VerifiedPasswords(clock);
  }

  static String hex(String text) {
    return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes the user {@code admin} when there is none.
   *
   * @param password asked only then, before the user is made: what it writes down cannot be lost
   * @return whether this call made it; another node may have been faster
   * @throws DirectoryException when the password is too short or too long
   */
  public boolean bootstrapAdministrator(Supplier<char[]> password) {
    if (tables.user(ADMINISTRATOR).isPresent()) {
      return false;
    }
    char[] first = password.get();
    try {
      checkPassword(first);
      return createIfAbsent(DirectoryUser.named(ADMINISTRATOR), first);
    } finally {
      Arrays.fill(first, '\0');
    }
  }

  /** A new random password that is easy to read aloud. */
  public static char[] randomPassword() {
    SecureRandom random = new SecureRandom();
    char[] password = new char[20];
    for (int index = 0; index < password.length; index++) {
      password[index] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    return password;
  }

  private boolean createIfAbsent(DirectoryUser user, char[] password) {
    DirectoryUser created = withId(user, UUID.randomUUID());
    return tables.insert(created, PasswordHash.of(password));
  }

  /**
   * Adds a user; its id is given here.
   *
   * @throws DirectoryException when the name is taken or malformed, or the password too short
   */
  public DirectoryUser addUser(DirectoryUser user, char[] password) {
    checkName("user", user.name());
    checkPassword(password);
    DirectoryUser created = withId(user, UUID.randomUUID());
    if (!tables.insert(created, PasswordHash.of(password))) {
      throw new DirectoryException("There is already a user \"" + user.name() + "\"");
    }
    return created;
  }

  /** Replaces a user's password. */
  public void setPassword(String name, char[] password) {
    checkPassword(password);
    if (!tables.setPassword(name, PasswordHash.of(password))) {
      throw unknownUser(name);
    }
    verified.forget(name);
  }

  /** Lets a user log in or not. */
  public void setEnabled(String name, boolean enabled) {
    if (!tables.setEnabled(name, enabled)) {
      throw unknownUser(name);
    }
    verified.forget(name);
  }

  /** Lets a user log in again, at once on this node: failed attempts are forgiven as well. */
  public void unlock(String name) {
    setEnabled(name, true);
    throttle.forgive(name);
  }

  /** Removes a user and its memberships. */
  public void removeUser(String name) {
    if (!tables.deleteUser(name)) {
      throw unknownUser(name);
    }
    verified.forget(name);
  }

  /** All users by name. */
  public List<DirectoryUser> users() {
    return tables.users();
  }

  public Optional<DirectoryUser> user(String name) {
    return tables.user(name);
  }

  public Optional<DirectoryUser> user(UUID id) {
    return tables.user(id);
  }

  /** The user with that id in the API's spelling, see {@link DirectoryUser#entryId()}. */
  public Optional<DirectoryUser> userByEntryId(String entryId) {
    return uuid(entryId).flatMap(tables::user);
  }

  /**
   * Adds a group with these users as members.
   *
   * @throws DirectoryException when the name is taken or malformed, or a member is unknown
   */
  public DirectoryGroup addGroup(String name, List<String> members) {
    checkName("group", name);
    UUID id = UUID.randomUUID();
    tables.insertGroup(id, name, members);
    return group(name)
        .orElseThrow(() -> new DirectoryException("There is no group \"" + name + "\""));
  }

  /** Puts users into a group. */
  public void addMembers(String group, List<String> members) {
    tables.addMembers(known(group).id(), members);
  }

  /** Takes users out of a group; who is no member is passed over. */
  public void removeMembers(String group, List<String> members) {
    tables.removeMembers(known(group).id(), members);
  }

  public void removeGroup(String name) {
    tables.deleteGroup(known(name).id());
  }

  /** All groups by name. */
  public List<DirectoryGroup> groups() {
    return tables.groups();
  }

  public Optional<DirectoryGroup> group(String name) {
    return tables.groups().stream().filter(group -> group.name().equals(name)).findFirst();
  }

  /** The group with that id in the API's spelling, see {@link DirectoryGroup#entryId()}. */
  public Optional<DirectoryGroup> groupByEntryId(String entryId) {
    return uuid(entryId)
        .flatMap(id -> tables.groups().stream().filter(g -> g.id().equals(id)).findFirst());
  }

  /** The groups that a user is in. */
  public List<DirectoryGroup> groupsOf(UUID user) {
    return tables.groupsOf(user);
  }

  /**
   * Checks a login.
   *
   * @param login name with profile: {@code admin@internal}; the authz name is taken as well
   * @param source where the attempt comes from, an address
   */
  public Authentication authenticate(String login, char[] password, String source) {
    int at = login.lastIndexOf('@');
    String profile = at < 0 ? "N/A" : login.substring(at + 1);
    if (!profile.equals(PROFILE) && !profile.equals(AUTHZ)) {
      return new Authentication.UnknownProfile(profile);
    }
    String name = login.substring(0, at);
    Optional<DirectoryUser> lately = verified.find(name, password);
    if (lately.isPresent()) {
      return new Authentication.Accepted(lately.get());
    }
    Duration delay = throttle.delay(name, source);
    if (delay.isPositive()) {
      return new Authentication.Throttled(delay);
    }
    Optional<DirectoryTables.Credentials> found = tables.credentials(name);
    boolean right =
        password.length <= LONGEST_PASSWORD
            && (found.isPresent()
                ? PasswordHash.matches(password, found.get().passwordHash())
                : PasswordHash.matchesNobody(password));
    if (found.isEmpty() || !right || !found.get().user().enabled()) {
      throttle.failed(name, source);
      return new Authentication.Rejected();
    }
    throttle.succeeded(name, source);
    verified.remember(name, password, found.get().user());
    return new Authentication.Accepted(found.get().user());
  }

  private DirectoryGroup known(String group) {
    return group(group)
        .orElseThrow(() -> new DirectoryException("There is no group \"" + group + "\""));
  }

  private static DirectoryUser withId(DirectoryUser user, UUID id) {
    return new DirectoryUser(
        id,
        user.name(),
        user.firstName(),
        user.lastName(),
        user.email(),
        user.department(),
        user.enabled());
  }

  private static Optional<UUID> uuid(String entryId) {
    try {
      String text = new String(HexFormat.of().parseHex(entryId), StandardCharsets.UTF_8);
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  static DirectoryException unknownUser(String name) {
    return new DirectoryException("There is no user \"" + name + "\"");
  }

  private static void checkName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new DirectoryException(
          "The "
              + what
              + " name \""
              + name
              + "\" must have 1 to 128 letters, digits, dots, underscores, pluses or hyphens");
    }
  }

  private static void checkPassword(char[] password) {
    if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) {
      throw new DirectoryException(
          "A password must have "
              + SHORTEST_PASSWORD
              + " to "
              + LONGEST_PASSWORD
              + " characters, this one has "
              + password.length);
    }
  }
}
