package io.overt.acceptance;

import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The web administration page in Chromium, against an engine with simulated hosts. */
@Timeout(300)
@ExtendWith(SharedEngine.class)
class WebAdminTest {
  @ParameterizedTest
  @ValueSource(strings = {"consoles", "lists", "policies", "rights", "views"})
  void itsBrowserTestsPass(String suite, EngineFixture engine) {
    engine.farm();
    if (suite.equals("rights")) {
      engine
          .channel()
          .call("user add", Map.of("name", "viewer", "password", BrowserSuite.PASSWORD));
    }
    BrowserSuite.run(suite, engine);
  }
}
