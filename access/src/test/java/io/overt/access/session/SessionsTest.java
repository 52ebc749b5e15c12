package io.overt.access.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.access.Fixture;
import io.overt.access.SettableClock;
import io.overt.access.directory.Directory;
import io.overt.access.directory.DirectoryUser;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static Fixture fixture;
  private static UUID user;
  private final SettableClock clock = new SettableClock();
  private final Sessions sessions = node();

  @BeforeAll
  static void open() {
    fixture = Fixture.open();
    user =
        new Directory(fixture.database.jdbi(), new SettableClock())
            .addUser(DirectoryUser.named("bob"), "Correct-1".toCharArray())
            .id();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private Sessions node() {
    return new Sessions(fixture.database.jdbi(), clock, IDLE);
  }

  @Test
  void tokenHasEightySixUrlSafeCharactersAndWorksOnEveryNode() {
    Token token = sessions.issue(user, List.of(Scopes.API));
    assertThat(token.value()).matches("[A-Za-z0-9_-]{86}");
    assertThat(token.toString()).doesNotContain(token.value());
    assertThat(sessions.use(token.value()).orElseThrow().directoryUser()).isEqualTo(user);
    assertThat(node().use(token.value()).orElseThrow().scopes()).containsExactly(Scopes.API);
    assertThat(sessions.use("forged")).isEmpty();
  }

  @Test
  void loginsAreListedAndEndedWithWhatCameFromThem() {
    Token login = sessions.issue(user, List.of(Scopes.API));
    Token cookie = sessions.open(login.value(), user, List.of(Scopes.API), null, false);
    UUID id = login.session().id();
    assertThat(sessions.logins())
        .filteredOn(one -> one.session().id().equals(id))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.userName()).isEqualTo("bob");
              assertThat(one.lastUsed()).isEqualTo(login.session().started());
            });
    assertThat(sessions.logins())
        .noneMatch(one -> one.session().id().equals(cookie.session().id()));
    sessions.end(id);
    assertThat(sessions.use(login.value())).isEmpty();
    assertThat(sessions.use(cookie.value())).isEmpty();
    assertThat(sessions.logins()).noneMatch(one -> one.session().id().equals(id));
  }

  @Test
  void databaseDoesNotKnowTheSecret() {
    Token token = sessions.issue(user, List.of(Scopes.API));
    String rows =
        fixture
            .database
            .jdbi()
            .withHandle(
                h ->
                    h.createQuery("SELECT string_agg(t::text, ' ') FROM access_token t")
                        .mapTo(String.class)
                        .one());
    assertThat(rows).isNotBlank().doesNotContain(token.value());
  }

  @Test
  void usePutsTheEndOffAndIdlenessEndsIt() {
    Token token = sessions.issue(user, List.of(Scopes.API));
    for (int step = 0; step < 5; step++) {
      clock.advance(Duration.ofMinutes(20));
      assertThat(sessions.use(token.value())).isPresent();
    }
    assertThat(sessions.use(token.value()).orElseThrow().expires())
        .isEqualTo(clock.instant().plus(IDLE));
    clock.advance(Duration.ofMinutes(31));
    assertThat(sessions.use(token.value())).isEmpty();
    assertThat(node().use(token.value())).isEmpty();
    assertThat(sessions.sweep()).isPositive();
  }

  @Test
  void frequentUseIsToldToTheDatabaseNowAndThenOnly() {
    Token token = sessions.issue(user, List.of(Scopes.API));
    String before = expires();
    clock.advance(Duration.ofSeconds(10));
    sessions.use(token.value());
    assertThat(expires()).isEqualTo(before);
    clock.advance(Duration.ofSeconds(11));
    sessions.use(token.value());
    assertThat(expires()).isNotEqualTo(before);
  }

  private static String expires() {
    return fixture
        .database
        .jdbi()
        .withHandle(
            h ->
                h.createQuery(
                        "SELECT string_agg(expires::text, ' ' ORDER BY digest) FROM access_token")
                    .mapTo(String.class)
                    .one());
  }

  @Test
  void cookieEndsWithItsToken() {
    Token token = sessions.issue(user, List.of(Scopes.API));
    Token cookie =
        sessions.open(token.value(), user, List.of(Scopes.API), Duration.ofMinutes(5), true);
    assertThat(cookie.session().csrf()).isTrue();
    assertThat(cookie.session().idle()).isEqualTo(Duration.ofMinutes(5));
    assertThat(sessions.use(cookie.value())).isPresent();
    sessions.end(token.value());
    assertThat(sessions.use(cookie.value())).isEmpty();
    assertThat(sessions.use(token.value())).isEmpty();
    sessions.end(token.value());
  }

  @Test
  void endIsSeenOnAnotherNodeSoon() {
    Token token = sessions.issue(user, List.of(Scopes.API));
    Sessions other = node();
    assertThat(other.use(token.value())).isPresent();
    sessions.end(token.value());
    clock.advance(Sessions.TRUSTED.plusSeconds(1));
    assertThat(other.use(token.value())).isEmpty();
  }

  @Test
  void allSessionsOfAUserEndTogether() {
    Token one = sessions.issue(user, List.of(Scopes.API));
    Token two = sessions.open(null, user, List.of(Scopes.API), null, false);
    assertThat(sessions.loggedIn(user)).isTrue();
    sessions.endAllOf(user);
    assertThat(sessions.use(one.value())).isEmpty();
    assertThat(sessions.use(two.value())).isEmpty();
    assertThat(sessions.loggedIn(user)).isFalse();
  }

  @Test
  void scopesAreGrantedWithWhatTheyImply() {
    assertThat(Scopes.grant("ovirt-app-api"))
        .containsExactly(
            "ovirt-app-api",
            "ovirt-ext=token-info:authz-search",
            "ovirt-ext=token-info:public-authz-search",
            "ovirt-ext=token-info:validate",
            "ovirt-ext=token:password-access");
    assertThat(Scopes.grant("ovirt-app-admin"))
        .startsWith("ovirt-app-admin", "ovirt-app-api", "ovirt-ext=revoke:revoke-all");
    assertThat(Scopes.grant("")).isEmpty();
    assertThatThrownBy(() -> Scopes.grant("ovirt-app-api nosuch"))
        .isInstanceOf(SsoFault.class)
        .hasMessageContaining("'nosuch'");
  }
}
