package io.overt.access.login;

import io.overt.access.directory.Authentication;
import io.overt.access.directory.Directory;
import io.overt.access.directory.DirectoryGroup;
import io.overt.access.directory.DirectoryUser;
import io.overt.access.permissions.Permissions;
import io.overt.access.permissions.Permit;
import io.overt.access.permissions.WellKnown;
import io.overt.access.session.Caller;
import io.overt.access.session.Scopes;
import io.overt.access.session.Session;
import io.overt.access.session.Sessions;
import io.overt.access.session.SsoFault;
import io.overt.access.session.Token;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Snapshot;
import io.overt.model.types.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The way in. A change of groups in the directory takes effect within {@link #REMEMBERED}; a change
 * of permissions at once.
 */
public final class Logins {
  static final Duration REMEMBERED = Duration.ofSeconds(30);
  private static final int MOST_REMEMBERED = 10_000;

  private record Known(DirectoryUser user, Set<String> groupEntryIds, Instant read) {}

  private final Inventory inventory;
  private final Directory directory;
  private final Sessions sessions;
  private final Permissions permissions;
  private final InstantSource clock;
  private final boolean filterByDefault;
  private final Map<UUID, Known> known = new ConcurrentHashMap<>();

  /**
   * A way in.
   *
   * @param filterByDefault what a missing {@code Filter} means for who is no administrator
   */
  public Logins(
      Inventory inventory,
      Directory directory,
      Sessions sessions,
      Permissions permissions,
      InstantSource clock,
      boolean filterByDefault) {
    this.inventory = inventory;
    this.directory = directory;
    this.sessions = sessions;
    this.permissions = permissions;
    this.clock = clock;
    this.filterByDefault = filterByDefault;
  }

  public Sessions sessions() {
    return sessions;
  }

  /**
   * A token for a name and password. A user without the permit to log in gets one as well, but
   * cannot use it.
   *
   * @param login name with profile: {@code admin@internal}
   * @param scope separated by blanks
   * @param source address of the client
   * @throws SsoFault {@code access_denied} or {@code invalid_scope}
   */
  public Token token(String login, char[] password, String scope, String source) {
    List<String> scopes = Scopes.grant(scope);
    DirectoryUser user = authenticate(login, password, source);
    known.remove(user.id());
    return sessions.issue(user.id(), scopes);
  }

  /**
   * The user behind a name and password, without a token.
   *
   * @throws SsoFault {@code access_denied}
   */
  public DirectoryUser authenticate(String login, char[] password, String source) {
    return switch (directory.authenticate(login, password, source)) {
      case Authentication.Accepted(DirectoryUser user) -> user;
      case Authentication.Rejected() ->
          throw denied(login, "the user name or the password is wrong, or the user may not log in");
      case Authentication.Throttled(Duration remaining) ->
          throw denied(
              login,
              "too many failed logins; try again in " + (remaining.toSeconds() + 1) + " seconds");
      case Authentication.UnknownProfile(String profile) ->
          throw denied(
              login.contains("@") ? login : login + "@" + profile,
              "no valid profile found in the credentials, expected @" + Directory.PROFILE);
    };
  }

  private static SsoFault denied(String login, String why) {
    return new SsoFault("access_denied", "Cannot authenticate user '" + login + "': " + why + ".");
  }

  /**
   * Who makes a request with a live session.
   *
   * @throws SsoFault {@code invalid_grant} when the user is gone, or the session is not for the API
   * @throws LoginRefused when the user lacks the permit to log in
   */
  public Caller caller(Session session, Request request) {
    if (!session.hasScope(Scopes.API)) {
      throw new SsoFault(
          "invalid_grant", "The token was not issued for the scope " + Scopes.API + ".");
    }
    return caller(session.directoryUser(), session.id().toString(), request);
  }

  /** Who makes a request with a name and password that were right. */
  public Caller caller(DirectoryUser user, Request request) {
    return caller(user.id(), UUID.randomUUID().toString(), request);
  }

  private Caller caller(UUID userId, String sessionId, Request request) {
    Known entry = known(userId);
    Snapshot snapshot = inventory.snapshot();
    Entity<User> user =
        EngineUsers.find(snapshot, entry.user())
            .orElseGet(() -> EngineUsers.atLogin(inventory, entry.user(), entry.groupEntryIds()));
    Set<String> own =
        EngineUsers.find(snapshot, entry.groupEntryIds()).stream()
            .map(Entity::id)
            .collect(Collectors.toCollection(HashSet::new));
    own.add(user.id());
    // What Everyone may is no reason to let somebody in.
    if (!permissions.allowsAnywhere(snapshot, Set.copyOf(own), Permit.LOGIN)) {
      throw new LoginRefused(
          "The user "
              + EngineUsers.principalName(entry.user())
              + " with profile ["
              + Directory.PROFILE
              + "] is not authorized to perform login");
    }
    own.add(WellKnown.EVERYONE);
    Set<String> principals = Set.copyOf(own);
    boolean administrator = permissions.administrator(snapshot, principals);
    Boolean filter = request.filter();
    return new Caller(
        user.id(),
        EngineUsers.principalName(entry.user()),
        entry.user().name() + "@" + Directory.PROFILE,
        principals,
        administrator,
        sessionId,
        request.correlationId(),
        filter == null ? !administrator && filterByDefault : filter);
  }

  private Known known(UUID userId) {
    Instant now = clock.instant();
    Known entry = known.get(userId);
    if (entry != null && now.isBefore(entry.read().plus(REMEMBERED))) {
      return entry;
    }
    Optional<DirectoryUser> user = directory.user(userId).filter(DirectoryUser::enabled);
    if (user.isEmpty()) {
      known.remove(userId);
      throw new SsoFault("invalid_grant", "The user of this session does not exist any more.");
    }
    Set<String> groups =
        directory.groupsOf(userId).stream()
            .map(DirectoryGroup::entryId)
            .collect(Collectors.toSet());
    Known fresh = new Known(user.get(), groups, now);
    if (entry == null) {
      EngineUsers.atLogin(inventory, fresh.user(), groups);
    }
    if (known.size() >= MOST_REMEMBERED) {
      known.clear();
    }
    known.put(userId, fresh);
    return fresh;
  }

  /** Disables a user and ends its sessions. */
  public void disable(String name) {
    directory.setEnabled(name, false);
    forget(name);
  }

  /** Replaces a password and ends the user's sessions. */
  public void setPassword(String name, char[] password) {
    directory.setPassword(name, password);
    forget(name);
  }

  private void forget(String name) {
    directory
        .user(name)
        .ifPresent(
            user -> {
              sessions.endAllOf(user.id());
              known.remove(user.id());
            });
  }
}
