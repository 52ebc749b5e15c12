package io.overt.acceptance.tour;

import io.overt.engine.Engine;
import io.overt.engine.config.Coverage;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which operations the engine says that it has performed with success. */
final class Performed {
  private static final Pattern COUNTED =
      Pattern.compile("overt_http_requests_total\\{operation=\"([^\"]+)\",status=\"2..\"} [1-9]");

  private Performed() {}

  /** By the engine's own metrics. */
  static Set<String> by(Client client) {
    return COUNTED
        .matcher(client.page("/metrics"))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What {@code overt coverage} counts. */
  static Set<String> implemented() {
    return Coverage.of(Engine.services()).lines().stream()
        .flatMap(line -> line.implemented().stream().map(name -> line.service() + "." + name))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
