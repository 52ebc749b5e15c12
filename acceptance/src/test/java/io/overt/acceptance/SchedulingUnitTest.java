package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The unit of oVirt's talk about its scheduler: a file in the folder of units of a running engine,
 * that asks the engine itself how many machines a host has.
 */
@Timeout(60)
@ExtendWith(SharedEngine.class)
class SchedulingUnitTest {
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

  private final EngineFixture engine;

  SchedulingUnitTest(EngineFixture engine) {
    this.engine = engine;
  }

  @Test
  void aFileInTheFolderOfUnitsDecidesWhereMachinesGo() throws IOException {
    try (RestClient client = RestClient.open(engine.access())) {
      assertThat(
              client
                  .post(
                      "/api/clusters",
                      "{\"name\":\"counted\",\"data_center\":{\"name\":\"Default\"}}")
                  .status())
          .isEqualTo(201);
      try (HostFarm farm = HostFarm.register(engine.access(), "counted", "counted", 2)) {
        JsonNode unit = discovered(client);
        assertThat(unit.path("internal").asText()).isEqualTo("false");
        assertThat(unit.path("type").asText()).isEqualTo("filter");
        assertThat(unit.path("properties").path("property").path(0).path("value").asText())
            .isEqualTo("[0-9]*");
        String policy = policy(client, unit.path("id").asText());
        List<String> machines = machines(client, farm);
        assertThatARefusalNamesTheUnit(client, machine(client, "counted-7", null), farm);
        for (String machine : machines) {
          client.post("/api/vms/" + machine + "/stop", "{}");
        }
        assertThat(client.delete("/api/schedulingpolicyunits/" + unit.path("id").asText()).status())
            .isEqualTo(409);
        assertThat(client.delete("/api/schedulingpolicies/" + policy).status()).isEqualTo(400);
      }
    }
  }

  private JsonNode discovered(RestClient client) throws IOException {
    Path units = Files.createDirectories(EngineFixture.units(engine.config().stateDirectory()));
    Files.writeString(
        units.resolve("max_vm_filter.py"),
        UNIT.formatted(engine.config().httpPort(), engine.access().adminPassword()));
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
  private static String policy(RestClient client, String unit) {
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
    assertThat(client.put(path, "{\"properties\":" + properties.formatted("3") + "}").status())
        .isEqualTo(200);
    String cluster =
        client
            .get("/api/clusters?search=name%3Dcounted")
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

  /** Three are bound to the first host; the others, bound to none, all go to the second. */
  private static List<String> machines(RestClient client, HostFarm farm) {
    List<String> machines = new ArrayList<>();
    for (int number = 1; number <= 6; number++) {
      String id = machine(client, "counted-" + number, number <= 3 ? farm.ids().getFirst() : null);
      assertThat(client.post("/api/vms/" + id + "/start", "{}").accepted()).isTrue();
      String host =
          Await.until(
                  "machine " + number + " is up",
                  () -> client.get("/api/vms/" + id).document(),
                  vm -> vm.path("status").asText().equals("up"))
              .path("host")
              .path("id")
              .asText();
      assertThat(host).isEqualTo(farm.ids().get(number <= 3 ? 0 : 1));
      machines.add(id);
    }
    return machines;
  }

  private static String machine(RestClient client, String name, String host) {
    String pinned =
        host == null
            ? ""
            : ",\"placement_policy\":{\"affinity\":\"pinned\",\"hosts\":{\"host\":[{\"id\":\""
                + host
                + "\"}]}}";
    RestClient.Answer made =
        client.post(
            "/api/vms",
            "{\"name\":\"%s\",\"memory\":134217728,\"cluster\":{\"name\":\"counted\"},\"template\":{\"name\":\"Blank\"},\"os\":{\"kernel\":\"/boot/vmlinuz\"}%s}"
                .formatted(name, pinned));
    assertThat(made.status()).as("%s", made).isIn(201, 202);
    Await.until(
        name + " is made",
        () -> client.get("/api/vms/" + made.id()).document().path("status").asText(),
        "down"::equals);
    return made.id();
  }

  private static void assertThatARefusalNamesTheUnit(
      RestClient client, String machine, HostFarm farm) {
    RestClient.Answer refused = client.post("/api/vms/" + machine + "/start", "{}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.document().path("fault").path("detail").asText() + refused.document())
        .contains("max_vms removed 2 hosts");
    JsonNode preview = client.get("/overt/api/vms/" + machine + "/placement?preview").document();
    assertThat(preview.path("policy").asText()).isEqualTo("max_vms");
    assertThat(preview.has("chosen")).isFalse();
    assertThat(preview.path("hosts")).hasSize(2);
    JsonNode filter = preview.path("hosts").path(0).path("filters").path(0);
    assertThat(filter.path("unit").asText()).isEqualTo("max_vms");
    assertThat(filter.path("external").asBoolean()).isTrue();
    assertThat(farm.ids()).contains(preview.path("hosts").path(0).path("host").asText());
  }
}
