package io.overt.acceptance;

import io.overt.bench.Population;
import io.overt.engine.Engine;
import io.overt.engine.config.EngineConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the web administration page costs with ten thousand machines: {@code browser/budgets}, which
 * {@code ./overt bench page} prints. The figures are left in {@code target/page-budgets.json}.
 */
@Timeout(300)
class PageBudgetTest {
  private static final int MACHINES = 10_000;

  @Test
  void thePageKeepsItsBudgetsWithManyMachines() {
    Path state = EngineFixture.temporaryDirectory();
    EngineConfig config = EngineFixture.configuration(state, EngineFixture.freePort());
    try {
      try (Engine _ = Engine.start(config);
          RestClient client = RestClient.open(new EngineAccess(config))) {
        client.post(
            "/api/vms",
            """
            {"name": "pattern", "cluster": {"name": "Default"}, "template": {"name": "Blank"}}\
            """);
      }
      Population.fill(state.resolve("postgres"), "pattern", MACHINES);
      try (Engine _ = Engine.start(config)) {
        Path figures = Path.of("target", "page-budgets.json").toAbsolutePath();
        BrowserSuite.run("budgets", config, Map.of("FIGURES", figures.toString()));
      }
    } finally {
      EngineFixture.delete(state);
    }
  }
}
