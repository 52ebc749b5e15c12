package io.overt.engine.webadmin.console;

import io.overt.model.ApiFault;
import io.overt.rest.socket.Tunnel;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What opens one console once, within half a minute. They live in this process: the page connects
 * to the engine that gave the ticket.
 */
final class Passes {
  static final Duration LIFE = Duration.ofSeconds(30);
  private static final int MOST = 10_000;
  private static final int BYTES = 24;

  /**
   * For whom, to what.
   *
   * @param userId who asked for it
   * @param vmId of the machine
   * @param way to its console
   */
  record Pass(String userId, String vmId, Supplier<Tunnel> way, Instant ends) {}

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Pass> passes = new LinkedHashMap<>();

  Passes(InstantSource clock) {
    this.clock = clock;
  }

  /** The ticket of a new pass. */
  synchronized String issue(String userId, String vmId, Supplier<Tunnel> way) {
    Instant now = clock.instant();
    passes.values().removeIf(pass -> !now.isBefore(pass.ends()));
    if (passes.size() >= MOST) {
      throw ApiFault.conflict("Too many consoles are being opened; try again.");
    }
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    passes.put(ticket, new Pass(userId, vmId, way, now.plus(LIFE)));
    return ticket;
  }

  /** The pass, which is then used up; empty when it was, or is too old. */
  synchronized Optional<Pass> take(String ticket) {
    return Optional.ofNullable(passes.remove(ticket))
        .filter(pass -> clock.instant().isBefore(pass.ends()));
  }
}
