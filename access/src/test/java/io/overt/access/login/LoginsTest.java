package io.overt.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.access.Fixture;
import io.overt.access.SettableClock;
import io.overt.access.directory.Directory;
import io.overt.access.directory.DirectoryUser;
import io.overt.access.permissions.Grants;
import io.overt.access.permissions.WellKnown;
import io.overt.access.session.Caller;
import io.overt.access.session.Scopes;
import io.overt.access.session.Session;
import io.overt.access.session.Sessions;
import io.overt.access.session.SsoFault;
import io.overt.access.session.Token;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.types.Group;
import io.overt.model.types.User;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginsTest {
  private static final Request REQUEST = new Request("correlation", null);
  private final SettableClock clock = new SettableClock();
  private Fixture fixture;
  private Directory directory;
  private Logins logins;
  private char[] password;

  @BeforeEach
  void open() {
    fixture = Fixture.open();
    directory = new Directory(fixture.database.jdbi(), clock);
    logins =
        new Logins(
            fixture.inventory,
            directory,
            new Sessions(fixture.database.jdbi(), clock, Duration.ofMinutes(30)),
            fixture.permissions,
            clock,
            true);
    password = Directory.randomPassword();
    Setup.run(fixture.inventory, directory, password::clone);
    directory.addUser(DirectoryUser.named("alice"), "Correct-1".toCharArray());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void setupIsRepeatable() {
    assertThat(Setup.run(fixture.inventory, directory, password::clone)).isFalse();
    assertThat(fixture.snapshot().all(Kinds.ROLE)).hasSize(37);
    assertThat(fixture.snapshot().all(Kinds.PERMISSION)).hasSize(2);
  }

  @Test
  void administratorLogsInAndIsASuperUser() {
    Token token = token("admin@internal", password);
    Caller caller = logins.caller(token.session(), REQUEST);
    assertThat(caller.principalName()).isEqualTo("admin@internal-authz");
    assertThat(caller.userName()).isEqualTo("admin@internal");
    assertThat(caller.principalIds())
        .containsExactlyInAnyOrder(caller.userId(), WellKnown.EVERYONE);
    assertThat(caller.administrator()).isTrue();
    assertThat(caller.filter()).isFalse();
    assertThat(fixture.permissions.superUser(fixture.snapshot(), caller)).isTrue();
    assertThat(logins.caller(token.session(), new Request("c", true)).filter()).isTrue();
  }

  @Test
  void userWithoutPermissionIsStoredButNotLetIn() {
    Token token = token("alice@internal", "Correct-1".toCharArray());
    assertThat(fixture.snapshot().byName(Kinds.USER, "", "alice@internal-authz")).isEmpty();
    assertThatThrownBy(() -> logins.caller(token.session(), REQUEST))
        .isInstanceOf(LoginRefused.class)
        .hasMessage(
            "The user alice@internal-authz with profile [internal] is not authorized to perform"
                + " login");
    Entity<User> stored =
        fixture.snapshot().byName(Kinds.USER, "", "alice@internal-authz").orElseThrow();
    assertThat(stored.value().principal()).isEqualTo("alice");
    assertThat(stored.value().domainEntryId())
        .isEqualTo(directory.user("alice").orElseThrow().entryId());
  }

  @Test
  void groupsOfTheDirectoryCountAsPrincipals() {
    directory.addGroup("staff", List.of("alice"));
    Entity<Group> staff =
        fixture.inventory.write(
            transaction -> EngineUsers.add(transaction, directory.group("staff").orElseThrow()));
    Caller admin = logins.caller(token("admin@internal", password).session(), REQUEST);
    fixture.inventory.change(
        transaction ->
            new Grants(fixture.permissions)
                .grant(
                    transaction,
                    admin,
                    null,
                    "UserRole",
                    new Grants.Principal.OfGroup(staff.id()),
                    null));
    Caller alice =
        logins.caller(token("alice@internal", "Correct-1".toCharArray()).session(), REQUEST);
    assertThat(alice.principalIds()).contains(staff.id());
    assertThat(alice.administrator()).isFalse();
    assertThat(alice.filter()).isTrue();
    assertThat(fixture.snapshot().find(Kinds.USER, alice.userId()).orElseThrow().value().groups())
        .extracting(Group::id)
        .containsExactly(staff.id());
  }

  @Test
  void refusalsNameTheUserAndTheReason() {
    assertThatThrownBy(() -> token("admin@internal", "wrong-1".toCharArray()))
        .isInstanceOf(SsoFault.class)
        .hasMessageContaining("Cannot authenticate user 'admin@internal'");
    assertThatThrownBy(() -> token("admin", password)).hasMessageContaining("'admin@N/A'");
    assertThatThrownBy(() -> token("admin@nosuch", password))
        .hasMessageContaining("'admin@nosuch'");
    assertThatThrownBy(() -> logins.token("admin@internal", password, "nosuch", "192.0.2.1"))
        .hasMessageContaining("'nosuch'");
  }

  @Test
  void tokenWithoutTheScopeOfTheApiIsNoneForIt() {
    Token token = logins.token("admin@internal", password, "", "192.0.2.1");
    assertThatThrownBy(() -> logins.caller(token.session(), REQUEST))
        .hasMessageContaining(Scopes.API);
  }

  @Test
  void disabledUserIsOutAtOnce() {
    Token token = token("admin@internal", password);
    Session session = logins.sessions().use(token.value()).orElseThrow();
    logins.caller(session, REQUEST);
    logins.disable("admin");
    assertThat(logins.sessions().use(token.value())).isEmpty();
    assertThatThrownBy(() -> token("admin@internal", password)).isInstanceOf(SsoFault.class);
    assertThatThrownBy(() -> logins.caller(session, REQUEST)).isInstanceOf(SsoFault.class);
  }

  private Token token(String login, char[] secret) {
    return logins.token(login, secret, Scopes.API, "192.0.2.1");
  }
}
