package io.overt.acceptance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every view of the web administration page, in Chromium, on an engine of its own with a small site
 * on it; their pictures are left where the variable {@code PICTURES} says.
 */
@Timeout(300)
class PageViewsTest {
  @Test
  void everyViewIsInOrder() {
    try (EngineFixture engine = EngineFixture.start()) {
      engine.farm();
      BrowserSuite.run("everyView", engine);
    }
  }
}
