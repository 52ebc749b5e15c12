package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.libvirt.testing.TestGuest.Heartbeat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.types.DiskContentType;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.VmStatus;

/** Machines that are saved and go on, and their disks, on a real host. */
@ExtendWith({SharedEngine.class, RealHosts.class})
@Timeout(300)
class SavedMachinesTest {
  private final EngineFixture engine;
  private final RealHost host;

  SavedMachinesTest(EngineFixture engine, RealHost host) {
    this.engine = engine;
    this.host = host;
  }

  private long memoryDisks(Connection connection) {
    return connection.systemService().disksService().list().send().disks().stream()
        .filter(disk -> disk.contentType() == DiskContentType.MEMORY_DUMP_VOLUME)
        .count();
  }

  @Test
  void aSuspendedMachineGoesOnWhereItWas() throws Exception {
    try (Connection connection = engine.access().connect()) {
      RealMachine machine = RealMachine.from(connection, host, RealHost.TEMPLATE, "real-sleeper");
      machine.addDisk("real-pillow", DiskFormat.COW);
      assertThatThrownBy(() -> machine.service().suspend().send())
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasMessageContaining("409");
      machine.start();
      Heartbeat before = machine.awaitBeat(1);

      machine.service().suspend().send();
      machine.await(VmStatus.SUSPENDED);
      assertThat(RealHost.processes(machine.id())).isEmpty();
      assertThat(machine.get().hostPresent()).isFalse();
      assertThat(memoryDisks(connection)).isEqualTo(1);
      machine.service().start().send();
      machine.await(VmStatus.UP);
      Heartbeat after = machine.awaitBeat(before.count() + 1);
      assertThat(after.boot()).isEqualTo(before.boot());
      Await.until("the memory is removed", () -> memoryDisks(connection), count -> count == 0);

      machine.service().suspend().send();
      machine.await(VmStatus.SUSPENDED);
      machine.stop();
      Await.until("the memory is removed", () -> memoryDisks(connection), count -> count == 0);
      machine.remove();
    }
  }
}
