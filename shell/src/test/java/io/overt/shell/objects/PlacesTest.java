package io.overt.shell.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
  private static final String ID = "00000000-0000-0000-0000-000000000001";

  /** An engine in which every name means one object. */
  private static final Api ONE_OF_EACH =
      new Api() {
        @Override
        public List<Node> list(String path, StructType type, Map<String, String> query) {
          return List.of(Node.builder(type).set("id", ID).set("name", "one").build());
        }

        @Override
        public Node get(String path, StructType type, Map<String, String> query) {
          return Node.builder(type).set("id", ID).build();
        }
      };

  private final Places places = new Places(ONE_OF_EACH);

  @ParameterizedTest
  @CsvSource({
    "vms, , vms",
    "vm, , vms",
    "datacenter, , datacenters",
    "data_center, , datacenters",
    "storage-domains, , storagedomains",
    "vmpool, , vmpools",
    "capabilities, , clusterlevels",
    "nic, vm, vms/ID/nics",
    "nics, template, templates/ID/nics",
    "hostnic, host, hosts/ID/nics",
    "disk, vm, vms/ID/diskattachments",
    "disks, template, templates/ID/diskattachments",
    "disk, storagedomain, storagedomains/ID/disks",
    "statistic, vm nic, vms/ID/nics/ID/statistics",
    "statistic, nic vm, vms/ID/nics/ID/statistics",
    "storagedomain, datacenter, datacenters/ID/storagedomains",
    "permit, role, roles/ID/permits",
  })
  void aTypeIsFoundWithinItsParentsInAnyOrder(String type, String parents, String path) {
    List<Parent> named = new ArrayList<>();
    if (parents != null) {
      for (String parent : parents.split(" ")) {
        named.add(new Parent(parent, "one", true));
      }
    }
    assertThat(places.collection(type, named).path()).isEqualTo(path.replace("ID", ID));
  }

  @Test
  void whatIsUnknownOrLacksItsParentIsExplained() {
    assertThatThrownBy(() -> places.collection("vmz", List.of()))
        .isInstanceOf(ShellFailure.class)
        .hasMessageContaining("did you mean 'vm");
    assertThatThrownBy(() -> places.collection("nics", List.of()))
        .hasMessageContaining("--parent-vm-name");
    assertThatThrownBy(() -> places.byName(places.collection("vms", List.of()), "other"))
        .hasMessageContaining("no vm 'other'");
  }
}
