package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.overt.engine.config.EngineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;

/**
 * The unit of oVirt's talk about its scheduler, and a policy with it: no host runs more machines
 * than the policy's property says.
 */
final class MaximumOfMachines {
  private static final String UNIT =
      """
      from ovirtsdk.xml import params
      from ovirtsdk.api import API
      import sys

      class max_vms():
          '''returns only hosts with less running vms then the maximum'''

          properties_validation = 'maximum_vm_count=[0-9]*'

          def do_filter(self, hosts_ids, vm_id, args_map):
              '''returns only hosts with less running vms then the maximum'''
              try:
                  connection = API(url='http://localhost:%d',
                                   username='admin@internal', password='%s')
              except BaseException as ex:
                  print(ex, file=sys.stderr)
                  return

              # maximum_vm_count is a property of the policy
              maximum_vm_count = int(args_map.get('maximum_vm_count', 100))
              hosts = connection.hosts.list(
                  query=' or '.join(['id=%%s' %% each for each in hosts_ids]))
              print([host.id for host in hosts if host.summary.active < maximum_vm_count])
      """;

  private MaximumOfMachines() {}

  /** Drops the unit's file into the folder of a running engine, which then finds it. */
  static JsonNode discovered(RestClient client, EngineConfig config, String password)
      throws IOException {
    Path units = Files.createDirectories(EngineFixture.units(config.stateDirectory()));
    Files.writeString(
        units.resolve("max_vm_filter.py"), UNIT.formatted(config.httpPort(), password));
    return Await.until(
        "unit max_vms is found",
        () ->
            StreamSupport.stream(
                    client
                        .get("/api/schedulingpolicyunits")
                        .document()
                        .path("scheduling_policy_unit")
                        .spliterator(),
                    false)
                .filter(unit -> unit.path("name").asText().equals("max_vms"))
                .findFirst()
                .orElse(null),
        unit -> unit != null && unit.path("enabled").asText().equals("true"));
  }

  /** As a client does it: a policy, its unit, the value, and a cluster that uses it. */
  static String policy(RestClient client, String unit, String clusterName, int maximum) {
    String policy = client.post("/api/schedulingpolicies", "{\"name\":\"max_vms\"}").id();
    assertThat(
            client
                .post(
                    "/api/schedulingpolicies/" + policy + "/filters",
                    "{\"scheduling_policy_unit\":{\"id\":\"" + unit + "\"}}")
                .status())
        .isEqualTo(200);
    String properties = "{\"property\":[{\"name\":\"maximum_vm_count\",\"value\":\"%s\"}]}";
    String path = "/api/schedulingpolicies/" + policy;
    assertThat(client.put(path, "{\"properties\":" + properties.formatted("many") + "}").status())
        .isEqualTo(400);
    assertThat(client.put(path, "{\"properties\":" + properties.formatted(maximum) + "}").status())
        .isEqualTo(200);
    String cluster =
        client
            .get("/api/clusters?search=name%3D" + clusterName)
            .document()
            .path("cluster")
            .path(0)
            .path("id")
            .asText();
    assertThat(
            client
                .put("/api/clusters/" + cluster, "{\"scheduling_policy\":{\"name\":\"max_vms\"}}")
                .status())
        .isEqualTo(200);
    return policy;
  }
}
