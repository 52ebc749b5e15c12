package io.overt.sdk.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SchemaTest {
  private final Schema schema = Schema.current();

  @Test
  void everyTypeAndServiceCanBeRead() {
    assertThat(schema.typeNames()).hasSize(220);
    assertThat(schema.serviceNames()).hasSize(290);
    for (String name : schema.typeNames()) {
      for (Member member : schema.type(name).members()) {
        assertThat(member.kind() == Kind.STRUCT || member.kind() == Kind.ENUM)
            .as(member.toString())
            .isEqualTo(member.reference() != null);
        member.values().ifPresent(values -> assertThat(values.values()).isNotEmpty());
      }
    }
    for (String name : schema.serviceNames()) {
      schema.service(name).locators().forEach(LocatorType::target);
      schema.service(name).operations().forEach(operation -> assertThat(operation.method()));
    }
  }

  @Test
  void aTypeHasTheMembersOfWhatItExtendsByTagAndByName() {
    StructType vm = schema.type("vm");
    assertThat(vm.member("numa_nodes")).isSameAs(vm.member("host_numa_nodes"));
    assertThat(vm.member("name").declaringType()).isEqualTo("identified");
    assertThat(vm.walk("os.boot.devices").list()).isTrue();
    assertThat(vm.walk("os.boot.devices").enumType().values()).contains("hd", "network");
    assertThat(vm.member("cluster").link()).isTrue();
    assertThat(vm.base().map(StructType::name)).contains("vm_base");
    assertThat(schema.typeByTag("host_numa_node").name()).isEqualTo("numa_node");
    assertThatThrownBy(() -> vm.walk("os.nonsense"))
        .hasMessageContaining("operating_system has no member 'nonsense', but")
        .hasMessageContaining("kernel");
    assertThatThrownBy(() -> vm.walk("name.first")).hasMessageContaining("vm.name is text");
  }

  @Test
  void aPathLeadsToAServiceOrAnAction() {
    assertThat(schema.walk("").service().name()).isEqualTo("system");
    assertThat(schema.walk("vms/1/diskattachments/2").service().name())
        .isEqualTo("disk_attachment");
    assertThat(schema.walk("vms/1/start").action()).isNotNull();
    assertThat(schema.walk("vms/start").action()).isNull();
    assertThatThrownBy(() -> schema.walk("vms/1/nonsense"))
        .hasMessageContaining("vm has no 'nonsense'");
  }

  @Test
  void anOperationKnowsWhatItTakes() {
    OperationType add = schema.service("tags").operation("add").orElseThrow();
    assertThat(add.method()).isEqualTo("POST");
    assertThat(add.body().orElseThrow().structType().orElseThrow().name()).isEqualTo("tag");
    assertThat(add.body().orElseThrow().mandatory()).isTrue();
    assertThat(add.requirements()).contains("tag.name");
    OperationType migrate = schema.service("vm").action("migrate").orElseThrow();
    assertThat(migrate.options()).extracting(ParameterType::name).contains("host", "force");
    assertThat(migrate.parameter("host").orElseThrow().mandatory()).isFalse();
    assertThat(schema.service("vm").action("cancel_migration"))
        .isEqualTo(schema.service("vm").action("cancelmigration"));
    assertThat(schema.service("vms").type().orElseThrow().name()).isEqualTo("vm");
  }

  @Test
  void whatTheModelSaysIsAtHand() {
    assertThat(schema.type("vm").summary()).isEqualTo("Represents a virtual machine.");
    assertThat(schema.type("vm").member("fqdn").summary()).contains("Fully qualified");
    assertThat(schema.service("vm").action("migrate").orElseThrow().summary()).isNotEmpty();
    assertThat(schema.enumType("vm_status").documentation("up")).isNotEmpty();
    assertThat(schema.type("action").member("status").summary()).isEmpty();
  }
}
