package io.overt.access.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.access.Fixture;
import io.overt.access.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoryTest {
  private static Fixture fixture;
  private final SettableClock clock = new SettableClock();
  private Directory directory;

  @BeforeAll
  static void open() {
    fixture = Fixture.open();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void empty() {
    fixture
        .database
        .jdbi()
        .useHandle(h -> h.execute("DELETE FROM directory_user; DELETE FROM directory_group"));
    directory = new Directory(fixture.database.jdbi(), clock);
  }

  @Test
  void administratorIsMadeOnceWithAPasswordThatWorks() {
    char[] password = Directory.randomPassword();
    assertThat(password).hasSize(20);
    assertThat(directory.bootstrapAdministrator(password::clone)).isTrue();
    assertThat(directory.bootstrapAdministrator(Directory::randomPassword)).isFalse();
    assertThat(login("admin@internal", new String(password)))
        .isInstanceOf(Authentication.Accepted.class);
    assertThat(login("admin@internal-authz", new String(password)))
        .isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void wrongPasswordUnknownUserAndDisabledUserAreToldApartByNobody() {
    directory.addUser(DirectoryUser.named("bob"), "Correct-1".toCharArray());
    assertThat(login("bob@internal", "wrong")).isEqualTo(new Authentication.Rejected());
    assertThat(login("nobody@internal", "wrong")).isEqualTo(new Authentication.Rejected());
    directory.setEnabled("bob", false);
    assertThat(login("bob@internal", "Correct-1")).isEqualTo(new Authentication.Rejected());
    directory.setEnabled("bob", true);
    assertThat(login("bob@internal", "Correct-1")).isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void profileIsNeeded() {
    assertThat(login("admin", "x")).isEqualTo(new Authentication.UnknownProfile("N/A"));
    assertThat(login("admin@nosuch", "x")).isEqualTo(new Authentication.UnknownProfile("nosuch"));
  }

  @Test
  void newPasswordHoldsAtOnceAlthoughTheOldOneIsRemembered() {
    directory.addUser(DirectoryUser.named("bob"), "Correct-1".toCharArray());
    assertThat(login("bob@internal", "Correct-1")).isInstanceOf(Authentication.Accepted.class);
    directory.setPassword("bob", "Correct-2".toCharArray());
    assertThat(login("bob@internal", "Correct-1")).isEqualTo(new Authentication.Rejected());
    assertThat(login("bob@internal", "Correct-2")).isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void rememberedPasswordIsNotComparedWithTheDatabaseForAWhile() {
    directory.addUser(DirectoryUser.named("bob"), "Correct-1".toCharArray());
    login("bob@internal", "Correct-1");
    fixture
        .database
        .jdbi()
        .useHandle(h -> h.execute("UPDATE directory_user SET password_hash = ''"));
    assertThat(login("bob@internal", "Correct-1")).isInstanceOf(Authentication.Accepted.class);
    assertThat(login("bob@internal", "Correct-2")).isEqualTo(new Authentication.Rejected());
    clock.advance(VerifiedPasswords.REMEMBERED.plusSeconds(1));
    assertThat(login("bob@internal", "Correct-1")).isEqualTo(new Authentication.Rejected());
  }

  @Test
  void guessingIsSlowedDownForItsSourceMoreAndMore() {
    directory.addUser(DirectoryUser.named("bob"), "Correct-1".toCharArray());
    for (int attempt = 0; attempt < 5; attempt++) {
      assertThat(login("bob@internal", "wrong")).isEqualTo(new Authentication.Rejected());
    }
    assertThat(login("bob@internal", "Correct-1"))
        .isEqualTo(new Authentication.Throttled(Duration.ofSeconds(1)));
    assertThat(directory.authenticate("bob@internal", "Correct-1".toCharArray(), "192.0.2.9"))
        .isInstanceOf(Authentication.Accepted.class);
    clock.advance(Duration.ofSeconds(31));
    assertThat(login("bob@internal", "wrong")).isEqualTo(new Authentication.Rejected());
    assertThat(login("bob@internal", "wrong"))
        .isEqualTo(new Authentication.Throttled(Duration.ofSeconds(2)));
    clock.advance(Duration.ofSeconds(31));
    assertThat(login("bob@internal", "Correct-1")).isInstanceOf(Authentication.Accepted.class);
    clock.advance(Duration.ofSeconds(31));
    assertThat(login("bob@internal", "wrong")).isEqualTo(new Authentication.Rejected());
    assertThat(login("bob@internal", "wrong")).isEqualTo(new Authentication.Rejected());
  }

  @Test
  void unlockedUserNeedNotWaitForItsFailures() {
    directory.addUser(DirectoryUser.named("bob"), "Correct-1".toCharArray());
    for (int attempt = 0; attempt < 6; attempt++) {
      login("bob@internal", "wrong");
    }
    directory.unlock("bob");
    assertThat(login("bob@internal", "Correct-1")).isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void groupKnowsItsMembers() {
    DirectoryUser alice =
        directory.addUser(DirectoryUser.named("alice"), "Correct-1".toCharArray());
    directory.addUser(DirectoryUser.named("bob"), "Correct-1".toCharArray());
    DirectoryGroup staff = directory.addGroup("staff", List.of("bob", "alice"));
    assertThat(staff.members()).containsExactly("alice", "bob");
    assertThat(directory.groupsOf(alice.id())).containsExactly(staff);
    assertThat(directory.groupByEntryId(staff.entryId())).contains(staff);
    assertThat(directory.userByEntryId(alice.entryId())).contains(alice);
    directory.removeMembers("staff", List.of("alice"));
    assertThat(directory.groupsOf(alice.id())).isEmpty();
    directory.removeUser("bob");
    assertThat(directory.group("staff").orElseThrow().members()).isEmpty();
  }

  @Test
  void groupWithAnUnknownMemberIsNotAdded() {
    assertThatThrownBy(() -> directory.addGroup("staff", List.of("nobody")))
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining("\"nobody\"");
    assertThat(directory.groups()).isEmpty();
  }

  @Test
  void whatIsTakenMalformedOrTooShortIsRefused() {
    directory.addUser(DirectoryUser.named("bob"), "Correct-1".toCharArray());
    assertThatThrownBy(
            () -> directory.addUser(DirectoryUser.named("bob"), "Correct-1".toCharArray()))
        .hasMessageContaining("already a user \"bob\"");
    assertThatThrownBy(
            () -> directory.addUser(DirectoryUser.named("a b"), "Correct-1".toCharArray()))
        .hasMessageContaining("\"a b\"");
    assertThatThrownBy(() -> directory.setPassword("bob", "short".toCharArray()))
        .hasMessageContaining("5");
    assertThatThrownBy(() -> directory.setPassword("nobody", "Correct-1".toCharArray()))
        .hasMessageContaining("\"nobody\"");
  }

  @Test
  void hashIsSaltedAndReadsOnlyItsOwnKind() {
    String hash = PasswordHash.of("secret".toCharArray());
    assertThat(hash)
        .startsWith("$argon2id$v=19$")
        .isNotEqualTo(PasswordHash.of("secret".toCharArray()));
    assertThat(PasswordHash.matches("secret".toCharArray(), hash)).isTrue();
    assertThat(PasswordHash.matches("Secret".toCharArray(), hash)).isFalse();
    assertThat(PasswordHash.matches("secret".toCharArray(), "")).isFalse();
    assertThat(
            PasswordHash.matches("secret".toCharArray(), "$argon2id$v=19$m=9999999,t=2,p=1$YQ$YQ"))
        .isFalse();
    assertThat(
            PasswordHash.matches(
                "pässwörd".toCharArray(), PasswordHash.of("pässwörd".toCharArray())))
        .isTrue();
  }

  @Test
  void domainIdIsTheHexadecimalName() {
    assertThat(Directory.DOMAIN_ID).isEqualTo("696E7465726E616C2D617574687A");
  }

  private Authentication login(String name, String password) {
    return directory.authenticate(name, password.toCharArray(), "192.0.2.1");
  }
}
