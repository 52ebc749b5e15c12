package io.overt.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.types.BootDevice;
import io.overt.sdk.types.Cluster;
import io.overt.sdk.types.Host;
import io.overt.sdk.types.Vm;
import io.overt.sdk.types.VmStatus;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class StructTest {
  @Test
  void aBuilderSetsWhatDocumentsHold() {
    Vm vm =
        Vm.builder()
            .name("web01")
            .cluster(Ref.name("Default"))
            .template(Ref.id("t"))
            .memory(Size.gib(4))
            .deleteProtected(true)
            .os(o -> o.kernel("/boot/vmlinuz").boot(b -> b.devices(BootDevice.HD)))
            .build();
    assertThat(vm.node().toJson())
        .isEqualTo(
            "{\"name\":\"web01\",\"cluster\":{\"name\":\"Default\"},\"template\":{\"id\":\"t\"},"
                + "\"memory\":4294967296,\"delete_protected\":true,\"os\":{\"kernel\":"
                + "\"/boot/vmlinuz\",\"boot\":{\"devices\":{\"device\":[\"hd\"]}}}}");
    assertThat(vm.cluster().name()).isEqualTo("Default");
    assertThat(vm.os().boot().devices()).containsExactly(BootDevice.HD);
    assertThat(vm.fqdn()).isNull();
    assertThat(vm.nics()).isEmpty();
    assertThatThrownBy(vm::id)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("this vm has no id");
  }

  @Test
  void aChangeLeavesTheOriginalAndTheRestAlone() {
    Vm vm = Vm.builder().name("a").os(o -> o.kernel("k").initrd("i")).build();
    Vm changed = vm.with(b -> b.name("b").os(o -> o.kernel("other")));
    assertThat(vm.name()).isEqualTo("a");
    assertThat(changed.os().kernel()).isEqualTo("other");
    assertThat(changed.os().initrd()).isEqualTo("i");
    assertThat(changed).isNotEqualTo(vm);
    assertThat(changed.with(b -> b.name("a").os(o -> o.kernel("k")))).isEqualTo(vm);
    assertThat(vm).isNotEqualTo(Cluster.builder().name("a").build());
  }

  @Test
  void anotherObjectIsNamedAnew() {
    Vm vm = Vm.builder().cluster(Ref.id("old")).build();
    assertThat(vm.with(b -> b.cluster(c -> c.name("new"))).cluster().node().toJson())
        .isEqualTo("{\"name\":\"new\"}");
  }

  @Test
  void unsetDiffersFromEmptied() {
    Vm emptied = Vm.builder().description("x").clear(Vm.DESCRIPTION).build();
    assertThat(emptied.description()).isNull();
    assertThat(emptied.has(Vm.DESCRIPTION)).isTrue();
    assertThat(emptied.with(b -> b.unset(Vm.DESCRIPTION)).has(Vm.DESCRIPTION)).isFalse();
  }

  @Test
  void aStatusOfTheFutureIsUnrecognizedAndKept() {
    Vm vm = Vm.of(Node.read(Schema.current().type("vm"), "{\"status\":\"hovering\"}"));
    assertThat(vm.status()).isEqualTo(VmStatus.UNRECOGNIZED);
    assertThat(vm.with(b -> b.name("x")).node().text("status")).contains("hovering");
    assertThatThrownBy(() -> Vm.builder().status(VmStatus.UNRECOGNIZED))
        .hasMessageContaining("expected one of");
  }

  @Test
  void whatIsPrintedHoldsNoPassword() {
    assertThat(Host.builder().name("h").rootPassword("horse").build().toString())
        .contains("h")
        .doesNotContain("horse");
  }

  @Test
  void everyTypeMakesOfANodeWhatItIs() throws Exception {
    for (String name : Schema.current().typeNames()) {
      StringBuilder className = new StringBuilder("io.overt.sdk.types.");
      for (String word : name.split("_")) {
        className.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
      Class<?> type = Class.forName(className.toString());
      Object made =
          type.getMethod("of", Node.class)
              .invoke(null, Node.builder(Schema.current().type(name)).build());
      for (var method : type.getDeclaredMethods()) {
        boolean getter =
            method.getParameterCount() == 0
                && java.lang.reflect.Modifier.isPublic(method.getModifiers())
                && !java.lang.reflect.Modifier.isStatic(method.getModifiers());
        if (getter) {
          Object value = method.invoke(made);
          assertThat(value == null || value.equals(List.of())).as(method.toString()).isTrue();
        }
      }
    }
  }
}
