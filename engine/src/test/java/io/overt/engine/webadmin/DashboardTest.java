package io.overt.engine.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.vdsmrpc.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardTest {
  private static final String DATA = RunningWebAdmin.HOME + "dashboard_data";
  private static final String LOG = RunningWebAdmin.HOME + "log";
  private final RunningWebAdmin running = RunningWebAdmin.shared();
  private String token;

  @BeforeEach
  void logIn() {
    HttpResponse<String> login = running.logIn(RunningWebAdmin.USER, RunningWebAdmin.PASSWORD);
    token = "Bearer " + ((Map<?, ?>) Json.parse(login.body())).get("token");
  }

  @Test
  void countsWhatThereIsInTheFormOfOvirt() {
    HttpResponse<String> answer = running.get(DATA, "Authorization", token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Map<?, ?> data = (Map<?, ?>) Json.parse(answer.body());
    Map<?, ?> inventory = (Map<?, ?>) data.get("inventory");
    assertThat(List.copyOf(inventory.keySet()).toString())
        .isEqualTo("[dc, cluster, host, storage, volume, vm, event]");
    assertThat(inventory.get("cluster"))
        .isEqualTo(
            Map.of("totalCount", 1L, "statuses", List.of(Map.of("type", "up", "count", 1L))));
    assertThat(inventory.get("vm")).isEqualTo(Map.of("totalCount", 0L, "statuses", List.of()));
    Map<?, ?> cpu = (Map<?, ?>) ((Map<?, ?>) data.get("globalUtilization")).get("cpu");
    assertThat(List.copyOf(cpu.keySet()).toString())
        .isEqualTo("[used, total, overcommit, allocated, history, utilization]");
    assertThat((List<?>) cpu.get("history")).hasSize(1);
    assertThat(List.copyOf(((Map<?, ?>) data.get("heatMapData")).keySet()).toString())
        .isEqualTo("[cpu, memory, storage, vdoSavings]");
  }

  @Test
  void nobodyElseSeesItAndItFailsWhenAsked() {
    assertThat(running.get(DATA).statusCode()).isEqualTo(401);
    assertThat(running.get(DATA, "Authorization", "Bearer x").statusCode()).isEqualTo(401);
    HttpResponse<String> failed =
        running.get(DATA, "Authorization", token, "Prefer", "nocache, error");
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).contains("\"detail\"");
  }

  @Test
  void pluginsMayLogALineAndNothingElse() {
    String line = "{\"plugin\":\"demo\",\"level\":\"warning\",\"message\":\"a\\nb\"}";
    assertThat(running.send("POST", LOG, line, "Authorization", token).statusCode()).isEqualTo(204);
    assertThat(running.send("POST", LOG, line).statusCode()).isEqualTo(401);
    assertThat(running.send("POST", LOG, "[]", "Authorization", token).statusCode()).isEqualTo(400);
    assertThat(running.get(LOG, "Authorization", token).statusCode()).isEqualTo(400);
  }
}
