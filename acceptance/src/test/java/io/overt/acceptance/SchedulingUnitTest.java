package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        JsonNode unit =
            MaximumOfMachines.discovered(client, engine.config(), engine.access().adminPassword());
        assertThat(unit.path("internal").asText()).isEqualTo("false");
        assertThat(unit.path("type").asText()).isEqualTo("filter");
        assertThat(unit.path("properties").path("property").path(0).path("value").asText())
            .isEqualTo("[0-9]*");
        String policy = MaximumOfMachines.policy(client, unit.path("id").asText(), "counted", 3);
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
