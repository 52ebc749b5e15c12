package io.overt.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.libvirt.testing.PrivateLibvirt;
import io.overt.libvirt.testing.RecordingListener;
import io.overt.libvirt.testing.TestGuest;
import io.overt.libvirt.testing.TestGuest.Heartbeat;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What happens to connections and guests when libvirtd, or the whole host, changes. */
class RestartTest {
  @Test
  void guestsOutliveLibvirtdAndAreFoundAgain() throws Exception {
    try (PrivateLibvirt libvirt = PrivateLibvirt.create()) {
      TestGuest guest = new TestGuest("survivor", libvirt.directory());
      RecordingListener before = new RecordingListener();
      Connection lost = Connection.open(libvirt.uri());
      lost.listen(before);
      Domain unreachable = lost.createDomain(guest.xml());
      Heartbeat beat = guest.awaitBoot();

      libvirt.stop();
      assertThat(before.awaitClose()).isIn(CloseReason.END_OF_FILE, CloseReason.ERROR);
      assertThat(lost.alive()).isFalse();
      assertThatThrownBy(unreachable::status).isInstanceOf(LibvirtException.class);
      assertThatThrownBy(() -> Connection.open(libvirt.uri()))
          .isInstanceOf(LibvirtException.class)
          .hasMessageContaining("libvirt-sock");
      lost.close();

      libvirt.start();
      try (Connection again = Connection.open(libvirt.uri())) {
        RecordingListener after = new RecordingListener();
        again.listen(after);
        Domain domain = again.domain(guest.uuid());
        assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
        guest.awaitNext(beat);
        domain.destroy();
        after.await(guest.uuid(), LifecycleDetail.STOPPED_DESTROYED);
      }
    }
  }

  @Test
  void guestsMoveBetweenTwoHosts() throws Exception {
    try (PrivateLibvirt one = PrivateLibvirt.create();
        PrivateLibvirt two = PrivateLibvirt.create();
        Connection source = Connection.open(one.uri());
        Connection destination = Connection.open(two.uri())) {
      RecordingListener arrivals = new RecordingListener();
      RecordingListener departures = new RecordingListener();
      destination.listen(arrivals);
      source.listen(departures);
      TestGuest guest = new TestGuest("mover", one.directory());
      Domain domain = source.createDomain(guest.xml());
      Heartbeat beat = guest.awaitBoot();

      assertThatThrownBy(
              () ->
                  domain
                      .jobs()
                      .migrate(
                          two.uri(),
                          TypedParameters.NONE,
                          Flags.Migrate.LIVE,
                          Flags.Migrate.PEER_TO_PEER,
                          Flags.Migrate.TUNNELLED))
          .isInstanceOfSatisfying(
              LibvirtException.class,
              problem -> assertThat(problem.code()).isEqualTo(ErrorCode.MIGRATE_UNSAFE));

      domain
          .jobs()
          .migrate(
              two.uri(),
              TypedParameters.builder()
                  .text("migrate_uri", "unix:" + two.directory().resolve("migration.sock"))
                  .build(),
              Flags.Migrate.LIVE,
              Flags.Migrate.PEER_TO_PEER,
              Flags.Migrate.UNSAFE);
      arrivals.await(guest.uuid(), LifecycleDetail.RESUMED_MIGRATED);
      departures.await(guest.uuid(), LifecycleDetail.STOPPED_MIGRATED);
      assertThat(source.findDomain(guest.uuid())).isEmpty();
      assertThat(destination.domain(guest.uuid()).status().state()).isEqualTo(DomainState.RUNNING);
      guest.awaitNext(beat);
    }
  }

  @Test
  void closingLeavesNothingBehind() {
    PrivateLibvirt libvirt = PrivateLibvirt.create();
    libvirt.close();
    assertThat(Files.exists(libvirt.directory())).isFalse();
  }
}
