package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Version 3 says a cluster's scheduling policy by name, with thresholds of the cluster's own. */
@Timeout(60)
@ExtendWith(SharedEngine.class)
class OldThresholdsTest {
  private final EngineFixture engine;

  OldThresholdsTest(EngineFixture engine) {
    this.engine = engine;
  }

  @Test
  void thresholdsAreTheClustersOwnAndTheDurationIsInSeconds() {
    try (RestClient client = RestClient.open(engine.access())) {
      String id =
          client
              .post(
                  "/api/clusters",
                  "{\"name\":\"thresholds\",\"data_center\":{\"name\":\"Default\"}}")
              .id();
      RestClient.Answer changed =
          client.put(
              "/api/v3/clusters/" + id,
              "{\"scheduling_policy\":{\"policy\":\"power_saving\",\"thresholds\":{\"low\":15,\"high\":70,\"duration\":240}}}");
      assertThat(changed.status()).as("%s", changed).isEqualTo(200);
      JsonNode thresholds =
          client
              .get("/api/v3/clusters/" + id)
              .document()
              .path("scheduling_policy")
              .path("thresholds");
      assertThat(thresholds.path("low").asInt()).isEqualTo(15);
      assertThat(thresholds.path("high").asInt()).isEqualTo(70);
      assertThat(thresholds.path("duration").asInt()).isEqualTo(240);
      assertThat(
              client
                  .get("/api/clusters/" + id)
                  .document()
                  .path("custom_scheduling_policy_properties")
                  .toString())
          .contains("\"CpuOverCommitDurationMinutes\",\"value\":\"4\"");
    }
  }
}
