package io.overt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.model.services.Services;
import io.overt.model.types.Cluster;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Types;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private final Schema schema = Schema.current();

  @Test
  void holdsTheWholeModel() {
    assertThat(schema.structs()).hasSize(220);
    assertThat(schema.enums()).hasSize(115);
    assertThat(schema.services()).hasSize(290);
    assertThat(schema.services().stream().mapToInt(s -> s.operations().size()).sum())
        .isEqualTo(648);
    assertThat(schema.services().stream().mapToInt(s -> s.locators().size()).sum()).isEqualTo(336);
  }

  @Test
  void everyNameOfTheSchemaHasItsGeneratedCode() {
    for (StructType struct : schema.structs()) {
      assertThat(struct.create().type()).isSameAs(struct);
      for (Member member : struct.members()) {
        switch (member.kind()) {
          case ENUM -> assertThat(member.enumType().values()).isNotEmpty();
          case STRUCT -> assertThat(member.structType().name()).isNotEmpty();
          default -> assertThat(member.reference()).isNull();
        }
      }
    }
    for (EnumType type : schema.enums()) {
      assertThat(Types.constants(type.name())).extracting(ApiEnum::wire).isEqualTo(type.values());
    }
    for (ServiceType service : schema.services()) {
      assertThat(Services.unimplemented(service.name()).type()).isEqualTo(service);
      service.locators().forEach(locator -> assertThat(locator.target()).isNotNull());
    }
  }

  @Test
  void namesFollowTheWireRules() {
    assertThat(schema.struct("operating_system_info").tag()).isEqualTo("operating_system");
    assertThat(schema.struct("operating_system_info").pluralTag()).isEqualTo("operation_systems");
    assertThat(schema.struct("virtual_numa_node").pluralTag()).isEqualTo("vm_numa_nodes");
    assertThat(schema.struct("qos").pluralTag()).isEqualTo("qoss");
    assertThat(schema.struct("boot").member("devices").itemTag()).isEqualTo("device");
    assertThat(schema.struct("vm").member("os").tag()).isEqualTo("os");
  }

  @Test
  void updateMergesWhatIsPresentAndLeavesTheRest() {
    Vm vm =
        new Vm()
            .name("a")
            .memory(5L)
            .cpu(new Cpu().topology(new CpuTopology().cores(2L).sockets(1L)));
    vm.cluster(new Cluster().id("c1").name("old"));
    vm.merge(
        new Vm()
            .description("")
            .cpu(new Cpu().topology(new CpuTopology().cores(4L)))
            .cluster(new Cluster().id("c2")));
    assertThat(vm)
        .isEqualTo(
            new Vm()
                .name("a")
                .memory(5L)
                .description("")
                .cpu(new Cpu().topology(new CpuTopology().cores(4L).sockets(1L)))
                .cluster(new Cluster().id("c2")));
  }

  @Test
  void frozenStructsRefuseChangesAndTheirCopiesAcceptThem() {
    Vm vm = new Vm().cpu(new Cpu().level(1L)).freeze();
    assertThatThrownBy(() -> vm.name("x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("frozen");
    Vm copy = vm.copy().name("x");
    assertThat(copy.cpu()).isNotNull();
    assertThat(vm.name()).isNull();
  }

  @Test
  void enumsAreReadInAnyCase() {
    assertThat(VmStatus.UP.wire()).isEqualTo("up");
    assertThat(schema.enumType("vm_status").find("Up")).isEqualTo(VmStatus.UP);
    assertThat(schema.enumType("vm_status").find("nonsense")).isNull();
    assertThat(List.of(VmStatus.values())).hasSizeGreaterThan(10);
  }
}
