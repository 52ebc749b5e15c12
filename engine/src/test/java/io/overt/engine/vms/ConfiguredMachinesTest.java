package io.overt.engine.vms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.model.ApiFault;
import io.overt.model.services.VmNicsService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Configuration;
import io.overt.model.types.ConfigurationType;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.HighAvailability;
import io.overt.model.types.Initialization;
import io.overt.model.types.Nic;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Vm;
import io.overt.model.types.VmType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Machines that are made of the document that describes them. */
class ConfiguredMachinesTest {
  private final MachineFixture fixture = new MachineFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private Vm restore(String data, boolean anew, Vm body) {
    body.initialization(
        new Initialization()
            .configuration(new Configuration().type_(ConfigurationType.OVF).data(data)));
    return Objects.requireNonNull(
        fixture
            .vms
            .add(new VmsService.AddRequest(fixture.call().with("vm", body).with("clone", anew)))
            .entity());
  }

  private static Vm in(String cluster) {
    Vm vm = new Vm();
    return vm.cluster(new Cluster().name(cluster));
  }

  private String document(Vm vm) {
    Vm all =
        fixture.one(vm).get(new VmService.GetRequest(fixture.call().with("all_content", true)));
    return Objects.requireNonNull(
        Objects.requireNonNull(Objects.requireNonNull(all.initialization()).configuration())
            .data());
  }

  private List<Nic> nics(Vm vm) {
    return fixture.one(vm).nics().list(new VmNicsService.ListRequest(fixture.call()));
  }

  private static String address(Nic nic) {
    return String.valueOf(Objects.requireNonNull(nic.mac()).address());
  }

  private Vm original(String name) {
    Vm body = fixture.blank(name);
    body.memory(3L << 30).description("as it was");
    body.type_(VmType.DESKTOP)
        .highAvailability(new HighAvailability().enabled(true).priority(50L))
        .os(new OperatingSystem().type_("rhel_8x64").kernel("/boot/k").cmdline("quiet a<b"))
        .cpu(new Cpu().topology(new CpuTopology().sockets(2L).cores(3L).threads(1L)));
    Vm vm = fixture.add(body);
    Nic nic = new Nic();
    nic.name("nic1");
    fixture.one(vm).nics().add(new VmNicsService.AddRequest(fixture.call().with("nic", nic)));
    return vm;
  }

  @Test
  void aRemovedMachineComesBackAsItWas() {
    Vm vm = original("restored");
    String data = document(vm);
    String address = address(nics(vm).getFirst());
    assertThatThrownBy(() -> restore(data, false, in("Default")))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining(vm.requireId());
    fixture.one(vm).remove(new VmService.RemoveRequest(fixture.call()));

    Vm back = restore("\n" + data + "\n", false, in("Default"));
    assertThat(back.id()).isEqualTo(vm.id());
    assertThat(back.name()).isEqualTo("restored");
    assertThat(back.description()).isEqualTo("as it was");
    assertThat(back.memory()).isEqualTo(3L << 30);
    assertThat(back.type_()).isEqualTo(VmType.DESKTOP);
    assertThat(Objects.requireNonNull(back.highAvailability()).priority()).isEqualTo(50L);
    OperatingSystem os = Objects.requireNonNull(back.os());
    assertThat(os.type_()).isEqualTo("rhel_8x64");
    assertThat(os.cmdline()).isEqualTo("quiet a<b");
    CpuTopology topology = Objects.requireNonNull(Objects.requireNonNull(back.cpu()).topology());
    assertThat(topology.sockets()).isEqualTo(2L);
    assertThat(topology.cores()).isEqualTo(3L);
    assertThat(nics(back))
        .singleElement()
        .satisfies(nic -> assertThat(address(nic)).isEqualTo(address));
    assertThat(document(back)).contains("<kernel_url>/boot/k</kernel_url>");
  }

  @Test
  void aCloneHasAnIdentityOfItsOwn() {
    Vm vm = original("model");
    Vm body = in("Default");
    body.name("copy");
    body.memory(1L << 30);
    Vm copy = restore(document(vm), true, body);
    assertThat(copy.id()).isNotEqualTo(vm.id());
    assertThat(copy.name()).isEqualTo("copy");
    assertThat(copy.memory()).isEqualTo(1L << 30);
    assertThat(address(nics(copy).getFirst())).isNotEqualTo(address(nics(vm).getFirst()));
  }

  @Test
  void aDocumentOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> restore("<domain/>", false, in("Default")))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("<domain>");
    assertThatThrownBy(
            () -> restore("<!DOCTYPE x [<!ENTITY e 'f'>]><x>&e;</x>", false, in("Default")))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("initialization.configuration.data");
  }
}
