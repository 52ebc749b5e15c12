package io.overt.access.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.model.OperationType;
import io.overt.model.Schema;
import io.overt.model.ServiceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OperationRulesTest {
  private final OperationRules rules = OperationRules.read();

  @Test
  void everyRuleIsForAnOperationOfTheModel() {
    Set<String> known = new TreeSet<>();
    for (ServiceType service : Schema.current().services()) {
      service.operations().forEach(operation -> known.add(operation.key()));
    }
    assertThat(known).containsAll(rules.operations()).containsAll(rules.closedReads());
  }

  @Test
  void everyPlaceInAnUrlIsAServiceOfTheModel() {
    assertThat(PathKinds.all().keySet())
        .allSatisfy(service -> assertThat(Schema.current().service(service)).isNotNull());
  }

  /** Writes without a rule are for SuperUser alone; this is the list of them. */
  @Test
  void writesForSuperUserAloneAreKnown() {
    List<String> unlisted = new ArrayList<>();
    for (ServiceType service : Schema.current().services()) {
      for (OperationType operation : service.operations()) {
        boolean read = operation.name().equals("list") || operation.name().equals("get");
        if (!read && rules.of(operation.key()).isEmpty()) {
          unlisted.add(service.name());
        }
      }
    }
    assertThat(new TreeSet<>(unlisted))
        .containsExactly(
            "copyable",
            "external_host_provider",
            "external_host_providers",
            "external_provider",
            "moveable",
            "openstack_image",
            "openstack_image_provider",
            "openstack_image_providers",
            "openstack_network",
            "openstack_network_provider",
            "openstack_network_providers",
            "openstack_subnet",
            "openstack_subnets",
            "openstack_volume_authentication_key",
            "openstack_volume_authentication_keys",
            "openstack_volume_provider",
            "openstack_volume_providers");
  }
}
