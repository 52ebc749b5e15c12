package io.overt.shell.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.sdk.document.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "vm|name|web 01|{\"name\":\"web 01\"}",
        "vm|cluster-name|Default|{\"cluster\":{\"name\":\"Default\"}}",
        "vm|cluster|Default|{\"cluster\":{\"name\":\"Default\"}}",
        "vm|cpu-topology-cores|2|{\"cpu\":{\"topology\":{\"cores\":2}}}",
        "vm|memory|4GiB|{\"memory\":4294967296}",
        "vm|memory|1073741824|{\"memory\":1073741824}",
        "vm|os-boot|boot.dev=hd,boot.dev=network|{\"os\":{\"boot\":{\"devices\":{\"device\":[\"hd\",\"network\"]}}}}",
        "vm|os-boot-devices|cdrom,hd|{\"os\":{\"boot\":{\"devices\":{\"device\":[\"cdrom\",\"hd\"]}}}}",
        "vm|placement_policy-host-name|h1|{\"placement_policy\":{\"hosts\":{\"host\":[{\"name\":\"h1\"}]}}}",
        "vm|placement_policy-hosts|h1,h2|{\"placement_policy\":{\"hosts\":{\"host\":[{\"name\":\"h1\"},{\"name\":\"h2\"}]}}}",
        "vm|timezone|Etc/GMT|{\"time_zone\":{\"name\":\"Etc/GMT\"}}",
        "vm|vmpool-name|p|{\"vm_pool\":{\"name\":\"p\"}}",
        "vm|custom_properties-custom_property|custom_property.name=a,custom_property.value=1\\,2,custom_property.name=b,custom_property.value=3|{\"custom_properties\":{\"custom_property\":[{\"name\":\"a\",\"value\":\"1,2\"},{\"name\":\"b\",\"value\":\"3\"}]}}",
        "vm|cpu-cpu_tune-vcpu_pin|vcpu_pin.vcpu=0,vcpu_pin.cpu_set=1-2|{\"cpu\":{\"cpu_tune\":{\"vcpu_pins\":{\"vcpu_pin\":[{\"vcpu\":0,\"cpu_set\":\"1-2\"}]}}}}",
        "nic|network-name|blue|{\"vnic_profile\":{\"name\":\"blue\"}}",
        "nic|active|false|{\"plugged\":false}",
        "disk|size|1G|{\"provisioned_size\":1073741824}",
        "disk|storage_domains-storage_domain|storage_domain.name=data|{\"storage_domains\":{\"storage_domain\":[{\"name\":\"data\"}]}}",
        "host|storage_manager-priority|5|{\"spm\":{\"priority\":5}}",
        "cluster|cpu-id|Intel|{\"cpu\":{\"type\":\"Intel\"}}",
        "cluster|scheduling_policy-policy|evenly|{\"scheduling_policy\":{\"name\":\"evenly\"}}",
        "cluster|data-center-name|Default|{\"data_center\":{\"name\":\"Default\"}}",
        "network|usages-usage|vm,display|{\"usages\":{\"usage\":[\"vm\",\"display\"]}}",
      })
  void optionsSetMembers(String type, String option, String value, String expected) {
    Node.Builder object = Node.builder(type);
    assertThat(Attributes.set(object, option, value)).isTrue();
    assertThat(object.build().toJson().replaceAll("\"(-?[0-9]+|true|false)\"(?=[,}])", "$1"))
        .isEqualTo(expected.replaceAll("\"(-?[0-9]+|true|false)\"(?=[,}])", "$1"));
  }

  @ParameterizedTest
  @CsvSource({"vm,nme", "vm,cluster-nope-name", "vm,memory-size"})
  void whatTheTypeDoesNotHaveIsNotSet(String type, String option) {
    assertThat(Attributes.set(Node.builder(type), option, "x")).isFalse();
  }

  @Test
  void aValueThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Attributes.set(Node.builder("vm"), "memory", "much"))
        .hasMessageContaining("memory")
        .hasMessageContaining("much");
    assertThatThrownBy(() -> Attributes.set(Node.builder("vm"), "os-boot-devices", "floppy"))
        .hasMessageContaining("cdrom");
  }

  @Test
  void documentsOfBothVersionsAreRead() {
    String old =
        """
        <vm>
          <name>a</name><cluster id="6f400e5a-e631-11f1-af4d-02fc00000001"/>
          <os><boot dev="network"/><boot dev="hd"/></os>
          <cpu><topology sockets="1" cores="3"/></cpu>
        </vm>
        """;
    String yaml =
        """
        name: a   # a comment
        cluster:
          id: 6f400e5a-e631-11f1-af4d-02fc00000001
        os:
          boot:
            devices:
            - network
            - hd
        cpu:
          topology:
            sockets: 1
            cores: 3
        """;
    Node fromXml = DocumentReader.read("", Node.builder("vm").type(), old).build();
    Node fromYaml = DocumentReader.read("", Node.builder("vm").type(), yaml).build();
    assertThat(fromXml).isEqualTo(fromYaml);
    assertThat(fromXml.list("os.boot.devices")).containsExactly("network", "hd");
    assertThat(fromXml.number("cpu.topology.cores")).contains(3L);
  }
}
