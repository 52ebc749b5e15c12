package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ovirt.engine.sdk4.builders.Builders.domain;
import static org.ovirt.engine.sdk4.builders.Builders.permission;
import static org.ovirt.engine.sdk4.builders.Builders.role;
import static org.ovirt.engine.sdk4.builders.Builders.tag;
import static org.ovirt.engine.sdk4.builders.Builders.user;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.types.User;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;

/** Somebody who is no administrator. */
@ExtendWith(SharedEngine.class)
class SdkUserTest {
  private static final String PASSWORD = "Correct-Horse-7";

  private final EngineFixture engine;

  SdkUserTest(EngineFixture engine) {
    this.engine = engine;
  }

  @Test
  void aUserOfOneMachineSeesAndMayDoOnlyThat() throws Exception {
    engine.farm();
    engine.channel().call("user add", Map.of("name", "jane", "password", PASSWORD));
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      Vm hers = system.vmsService().add().vm(SdkVmTest.diskless("user-hers")).send().vm();
      Vm other = system.vmsService().add().vm(SdkVmTest.diskless("user-other")).send().vm();
      User jane =
          system
              .usersService()
              .add()
              .user(user().userName("jane@internal-authz").domain(domain().name("internal-authz")))
              .send()
              .user();
      system
          .vmsService()
          .vmService(hers.id())
          .permissionsService()
          .add()
          .permission(permission().role(role().name("UserRole")).user(user().id(jane.id())))
          .send();

      try (Connection janes = engine.access().connect("jane@internal", PASSWORD)) {
        SystemService her = janes.systemService();
        assertThat(her.vmsService().list().send().vms().stream().map(Vm::name))
            .containsExactly("user-hers");
        assertThatThrownBy(() -> her.vmsService().vmService(other.id()).get().send())
            .hasMessageContaining("404");
        // As with a missing one: 404 without a body, of which the SDK makes no error of its own.
        assertThatThrownBy(() -> her.vmsService().vmService(other.id()).start().send())
            .isInstanceOf(RuntimeException.class);
        VmService machine = her.vmsService().vmService(hers.id());
        assertThatThrownBy(() -> machine.remove().send()).hasMessageContaining("403");
        assertThatThrownBy(() -> her.tagsService().add().tag(tag().name("hers")).send())
            .hasMessageContaining("403");
        machine.start().send();
        Await.until("it is up", () -> SdkVmTest.status(machine), VmStatus.UP::equals);
        machine.stop().send();
        Await.until("it is down", () -> SdkVmTest.status(machine), VmStatus.DOWN::equals);
      }
      assertThat(SdkVmTest.status(system.vmsService().vmService(other.id())))
          .isEqualTo(VmStatus.DOWN);
      system.vmsService().vmService(hers.id()).remove().send();
      system.vmsService().vmService(other.id()).remove().send();
    }
  }

  @Test
  void somebodyWithoutAnyRoleDoesNotGetIn() throws Exception {
    engine.channel().call("user add", Map.of("name", "nobody", "password", PASSWORD));
    Connection connection = engine.access().connect("nobody@internal", PASSWORD);
    try {
      assertThatThrownBy(() -> connection.systemService().vmsService().list().send())
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class);
    } finally {
      // There is no session to end, and the SDK would wait without a deadline for one.
      connection.close(false);
    }
  }
}
