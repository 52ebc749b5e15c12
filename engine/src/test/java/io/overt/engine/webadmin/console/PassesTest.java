package io.overt.engine.webadmin.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PassesTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Passes passes = new Passes(now::get);

  @Test
  void aTicketOpensOneConsoleOnce() {
    String ticket = passes.issue("bob", "web1", "192.0.2.1", 5900);
    assertThat(passes.take(ticket))
        .get()
        .extracting(Passes.Pass::userId, Passes.Pass::vmId, Passes.Pass::port)
        .containsExactly("bob", "web1", 5900);
    assertThat(passes.take(ticket)).isEmpty();
    assertThat(passes.take("guessed")).isEmpty();
  }

  @Test
  void aTicketLastsHalfAMinute() {
    String ticket = passes.issue("bob", "web1", "192.0.2.1", 5900);
    now.set(Instant.EPOCH.plusSeconds(30));
    assertThat(passes.take(ticket)).isEmpty();
  }
}
