package io.overt.sdk.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.StructType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTest {
  private static final StructType VM = Schema.current().type("vm");

  private static final String DOCUMENT =
      """
      {
        "actions" : { "link" : [ { "href" : "/ovirt-engine/api/vms/1/start", "rel" : "start" } ] },
        "link" : [ { "href" : "/ovirt-engine/api/vms/1/nics", "rel" : "nics" } ],
        "name" : "a \\"b\\" \\u00e9\\n",
        "what_is_yet_to_come" : { "deep" : [ 1, { } ] },
        "memory" : "1073741824",
        "delete_protected" : "false",
        "os" : { "boot" : { "devices" : { "device" : [ "hd", "network" ] } } },
        "custom_properties" : { "custom_property" : [ { "name" : "x", "value" : "1" } ] },
        "creation_time" : 1700000000123,
        "status" : "hovering",
        "cluster" : { "href" : "/ovirt-engine/api/clusters/c", "id" : "c" },
        "href" : "/ovirt-engine/api/vms/1",
        "id" : "1"
      }
      """;

  @Test
  void aDocumentIsReadByItsType() {
    Node vm = Node.read(VM, DOCUMENT);
    assertThat(vm.id()).contains("1");
    assertThat(vm.href()).contains("/ovirt-engine/api/vms/1");
    assertThat(vm.text("name")).contains("a \"b\" é\n");
    assertThat(vm.number("memory")).contains(1L << 30);
    assertThat(vm.flag("delete_protected")).contains(false);
    assertThat(vm.list("os.boot.devices")).containsExactly("hd", "network");
    assertThat(vm.list("os.boot.devices")).hasSize(2);
    assertThat(vm.nodes("custom_properties")).hasSize(1);
    assertThat(vm.get("creation_time")).contains(Instant.ofEpochMilli(1_700_000_000_123L));
    assertThat(vm.text("status")).contains("hovering");
    assertThat(vm.text("cluster.id")).contains("c");
    assertThat(vm.links()).containsEntry("nics", "/ovirt-engine/api/vms/1/nics");
    assertThat(vm.actions()).containsOnlyKeys("start");
    assertThat(vm.has("fqdn")).isFalse();
    assertThat(vm.has("os.kernel")).isFalse();
    assertThat(vm.get("template.name")).isEmpty();
    assertThat(vm.changed()).isEmpty();
  }

  @Test
  void whatWasReadCanBeWrittenAndReadAgain() {
    Node vm = Node.read(VM, DOCUMENT);
    assertThat(Node.read(VM, vm.toJson())).isEqualTo(vm).hasSameHashCodeAs(vm);
  }

  @Test
  void aChangeOfWhatWasReadHoldsWhatWasSetOnly() {
    Node vm = Node.read(VM, DOCUMENT);
    Node changed = vm.toBuilder().set("memory", 2048).set("description", null).build();
    assertThat(changed.toJsonOfChanges()).isEqualTo("{\"memory\":2048,\"description\":\"\"}");
    assertThat(changed.text("name")).isEqualTo(vm.text("name"));
    assertThat(changed.has("description")).isTrue();
    assertThat(changed.get("description")).isEmpty();
    assertThat(changed.href()).isEqualTo(vm.href());
    assertThat(vm.toJsonOfChanges()).isEqualTo("{}");
    assertThat(changed.toBuilder().unset("memory").build().changed()).containsOnly("description");
  }

  @Test
  void textsBecomeWhatTheMemberIs() {
    Node vm =
        Node.builder(VM)
            .set("memory", "1024")
            .set("delete_protected", "TRUE")
            .set("type", "SERVER")
            .set("cluster", "Default")
            .set("template", "00000000-0000-0000-0000-000000000000")
            .set("os.boot.devices", List.of("hd"))
            .add("os.boot.devices", "network")
            .set("cpu.topology.cores", 2)
            .set("custom_properties", List.of(Map.of("name", "x", "value", "1")))
            .set("creation_time", "2023-11-14T22:13:20.123Z")
            .build();
    assertThat(vm.toJson())
        .isEqualTo(
            "{\"memory\":1024,\"delete_protected\":true,\"type\":\"server\","
                + "\"cluster\":{\"name\":\"Default\"},"
                + "\"template\":{\"id\":\"00000000-0000-0000-0000-000000000000\"},"
                + "\"os\":{\"boot\":{\"devices\":{\"device\":[\"hd\",\"network\"]}}},"
                + "\"cpu\":{\"topology\":{\"cores\":2}},"
                + "\"custom_properties\":{\"custom_property\":["
                + vm.nodes("custom_properties").getFirst().toJson()
                + "]},\"creation_time\":1700000000123}");
  }

  @Test
  void whatDoesNotFitIsRefusedWithWhatIsExpected() {
    Node.Builder vm = Node.builder(VM);
    assertThatThrownBy(() -> vm.set("memory", "much"))
        .hasMessage("vm_base.memory is 'much', expected a whole number");
    assertThatThrownBy(() -> vm.set("memory", "1.5")).hasMessageContaining("a whole number");
    assertThatThrownBy(() -> vm.set("type", "car"))
        .hasMessageContaining("vm_base.type is 'car', expected one of desktop, server");
    assertThatThrownBy(() -> vm.set("delete_protected", "perhaps"))
        .hasMessageContaining("true or false");
    assertThatThrownBy(() -> vm.set("creation_time", "soon")).hasMessageContaining("a date");
    assertThatThrownBy(() -> vm.set("memory", null)).hasMessageContaining("no way to empty it");
    assertThatThrownBy(() -> vm.set("colour", "red")).hasMessageContaining("no member 'colour'");
    assertThatThrownBy(() -> vm.set("name.first", "x")).hasMessageContaining("no member 'first'");
    assertThatThrownBy(() -> vm.add("name", "x")).hasMessageContaining("no list");
  }

  @Test
  void emptyListsAndObjectsAreSentEmpty() {
    Node vm = Node.builder(VM).set("custom_properties", List.of()).set("quota", null).build();
    assertThat(vm.toJson())
        .isEqualTo("{\"custom_properties\":{\"custom_property\":[]},\"quota\":{}}");
  }

  @Test
  void peopleSeeNoPasswords() {
    Node host = Node.builder("host").set("name", "h").set("root_password", "horse").build();
    assertThat(host.toString()).contains("\"h\"").doesNotContain("horse");
    assertThat(host.toJson()).contains("horse");
  }

  @Test
  void aCollectionIsAListOfItsEntries() {
    assertThat(Node.readList(VM, "{ }")).isEmpty();
    assertThat(Node.readList(VM, "{\"size\":\"2\",\"vm\":[{\"id\":\"1\"},{\"id\":\"2\"}]}"))
        .extracting(node -> node.id().orElseThrow())
        .containsExactly("1", "2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "{",
        "{\"name\"}",
        "{\"name\":}",
        "{\"name\":\"x}",
        "{\"name\":\"\\u12\"}",
        "{\"name\":\"\\q\"}",
        "{} {}",
        "<vm/>",
        "{\"memory\":\"much\"}",
        "{\"creation_time\":\"x\"}"
      })
  void whatIsNoDocumentIsRefused(String text) {
    assertThatThrownBy(() -> Node.read(VM, text)).isInstanceOf(MalformedDocument.class);
  }

  @Test
  void nestingHasAnEnd() {
    assertThatThrownBy(() -> Node.read(VM, "{\"x\":" + "[".repeat(100_000)))
        .isInstanceOf(MalformedDocument.class)
        .hasMessageContaining("200 levels");
  }

  @Test
  void aRefusalIsFoundAloneOrInItsAction() {
    String alone = "{\"reason\":\"R\",\"detail\":\"[D]\"}";
    String within = "{\"fault\":" + alone + ",\"status\":\"failed\"}";
    for (String text : List.of(alone, within)) {
      Node fault = Documents.fault(text.getBytes()).orElseThrow();
      assertThat(fault.text("reason")).contains("R");
      assertThat(fault.text("detail")).contains("[D]");
    }
    assertThat(Documents.fault("<html>".getBytes())).isEmpty();
    assertThat(Documents.fault("{\"status\":\"x\"}".getBytes())).isEmpty();
  }
}
