package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk.Api;
import org.ovirt.engine.sdk.decorators.VM;
import org.ovirt.engine.sdk.entities.Action;
import org.ovirt.engine.sdk.entities.Boot;
import org.ovirt.engine.sdk.entities.OperatingSystem;

/** oVirt's Java SDK of version 3 against the API's version 3. */
@ExtendWith(SharedEngine.class)
class OldSdkTest {
  private static final long MEBIBYTE = 1L << 20;

  private final EngineFixture engine;

  OldSdkTest(EngineFixture engine) {
    this.engine = engine;
  }

  private static org.ovirt.engine.sdk.entities.VM diskless(Api api, String name) throws Exception {
    org.ovirt.engine.sdk.entities.VM vm = new org.ovirt.engine.sdk.entities.VM();
    vm.setName(name);
    vm.setCluster(api.getClusters().get("Default"));
    vm.setTemplate(api.getTemplates().get("Blank"));
    vm.setMemory(256 * MEBIBYTE);
    OperatingSystem os = new OperatingSystem();
    os.setKernel("/boot/vmlinuz");
    os.setInitrd("/boot/initrd");
    os.setCmdline("quiet");
    Boot boot = new Boot();
    boot.setDev("network");
    os.getBoot().add(boot);
    vm.setOs(os);
    return vm;
  }

  private static String state(Api api, String machine) {
    try {
      return api.getVMs().get(machine).getStatus().getState();
    } catch (Exception e) {
      throw new IllegalStateException("the state of " + machine + " cannot be read", e);
    }
  }

  @Test
  void aMachineLivesItsLife() throws Exception {
    engine.farm();
    try (Api api = engine.access().connectOld()) {
      VM machine = api.getVMs().add(diskless(api, "old-life"));
      assertThat(machine.getStatus().getState()).isEqualTo("down");
      List<VM> all = api.getVMs().list();
      assertThat(all.stream().map(VM::getName)).contains("old-life");
      machine.start(new Action());
      Await.until("it is up", () -> state(api, "old-life"), "up"::equals);
      machine.stop(new Action());
      Await.until("it is down", () -> state(api, "old-life"), "down"::equals);
      machine.delete();
    }
  }
}
