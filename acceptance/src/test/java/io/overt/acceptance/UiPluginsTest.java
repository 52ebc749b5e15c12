package io.overt.acceptance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Plugins of every generation, good and bad ones, in the page of an engine with simulated hosts.
 */
@Timeout(300)
@ExtendWith(SharedEngine.class)
class UiPluginsTest {
  @Test
  void pluginsWorkInTheBrowserWhateverTheyWereWrittenFor(EngineFixture engine) {
    engine.farm();
    BrowserSuite.run("plugins/plugins", engine);
  }

  @Test
  void thePluginsOfOvertShowWhatIsThere(EngineFixture engine) {
    engine.farm();
    BrowserSuite.run("plugins/bundled", engine);
  }
}
