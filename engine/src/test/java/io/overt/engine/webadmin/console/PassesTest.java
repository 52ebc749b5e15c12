package io.overt.engine.webadmin.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.rest.socket.Tunnel;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PassesTest {
  private static final Tunnel NOWHERE =
      new Tunnel() {
        @Override
        public InputStream input() {
          return InputStream.nullInputStream();
        }

        @Override
        public OutputStream output() {
          return OutputStream.nullOutputStream();
        }

        @Override
        public void close() {}
      };

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Passes passes = new Passes(now::get);

  @Test
  void aTicketOpensOneConsoleOnce() {
    String ticket = passes.issue("bob", "web1", () -> NOWHERE);
    assertThat(passes.take(ticket))
        .get()
        .extracting(Passes.Pass::userId, Passes.Pass::vmId, pass -> pass.way().get())
        .containsExactly("bob", "web1", NOWHERE);
    assertThat(passes.take(ticket)).isEmpty();
    assertThat(passes.take("guessed")).isEmpty();
  }

  @Test
  void aTicketLastsHalfAMinute() {
    String ticket = passes.issue("bob", "web1", () -> NOWHERE);
    now.set(Instant.EPOCH.plusSeconds(30));
    assertThat(passes.take(ticket)).isEmpty();
  }
}
