package io.overt.engine.webadmin;

import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.vdsmrpc.Json;
import io.overt.vdsmrpc.Json.MalformedJsonException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what plugins want in the engine's log: one line each, short, and not too many. */
final class PluginLog implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger("io.overt.webadmin.plugin");
  private static final int LONGEST = 4_000;
  private static final int LARGEST = 64 << 10;
  private static final long PER_MINUTE = 300;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final SessionDoor session;
  private final AtomicLong lines = new AtomicLong();
  private volatile long began = System.nanoTime();

  PluginLog(SessionDoor session) {
    this.session = session;
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    Optional<SessionDoor.Holder> holder = session.caller(exchange);
    Map<?, ?> entry =
        holder.isPresent() && exchange.method().equals("POST") ? body(exchange) : null;
    if (holder.isEmpty()) {
      Refusal.answer(exchange, 401, "Unauthorized", "Expected a token or the page's session");
    } else if (entry == null
        || !(entry.get("plugin") instanceof String plugin)
        || !(entry.get("message") instanceof String message)) {
      Refusal.answer(
          exchange,
          400,
          "Bad Request",
          "Expected POST of {\"plugin\", \"level\", \"message\"}, at most " + LARGEST + " bytes");
    } else if (tooMany()) {
      exchange.setHeader("Retry-After", "60");
      Refusal.answer(
          exchange, 429, "Too Many Requests", "At most " + PER_MINUTE + " lines a minute");
    } else {
      write(holder.get(), line(plugin), String.valueOf(entry.get("level")), line(message));
      exchange.answer(204);
    }
  }

  private static @Nullable Map<?, ?> body(Exchange exchange) {
    byte[] body = exchange.body();
    try {
      return body.length <= LARGEST && Json.parse(body) instanceof Map<?, ?> entry ? entry : null;
    } catch (MalformedJsonException e) {
      return null;
    }
  }

  private synchronized boolean tooMany() {
    long now = System.nanoTime();
    if (now - began > MINUTE_NANOS) {
      began = now;
      lines.set(0);
    }
    return lines.incrementAndGet() > PER_MINUTE;
  }

  private static void write(
      SessionDoor.Holder holder, String plugin, String level, String message) {
    String user = holder.caller().principalName();
    switch (level) {
      case "severe", "error" -> LOG.error("{} of {}: {}", plugin, user, message);
      case "warning", "warn" -> LOG.warn("{} of {}: {}", plugin, user, message);
      default -> LOG.info("{} of {}: {}", plugin, user, message);
    }
  }

  /** Nobody writes lines that look like others'. */
  private static String line(String text) {
    String safe = text.replaceAll("\\p{Cntrl}", " ");
    return safe.substring(0, Math.min(LONGEST, safe.length()));
  }
}
