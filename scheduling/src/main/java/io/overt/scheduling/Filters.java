package io.overt.scheduling;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The mandatory filters, cheapest first. */
final class Filters {
  private static final long MIB = 1L << 20;

  static final List<Filter> MANDATORY =
      List.of(
          filter("Status", (r, h) -> when(!h.accepting(), "it is not up")),
          filter(
              "PinToHost",
              (r, h) ->
                  when(
                      !r.pinnedHosts().isEmpty() && !r.pinnedHosts().contains(h.id()),
                      "the machine is pinned to other hosts")),
          filter(
              "Rerun",
              (r, h) ->
                  when(r.excludedHosts().contains(h.id()), "it has failed this start before")),
          filter(
              "Memory",
              (r, h) ->
                  when(
                      h.schedulableMemory() < r.memory(),
                      "needs "
                          + r.memory() / MIB
                          + " MiB, "
                          + h.schedulableMemory() / MIB
                          + " MiB left")),
          filter(
              "CPU",
              (r, h) ->
                  when(
                      h.cpus() < r.virtualCpus(),
                      "needs " + r.virtualCpus() + " CPUs, the host has " + h.cpus())),
          filter("Network", Filters::missingNetworks));

  private Filters() {}

  private static Optional<String> missingNetworks(PlacementRequest request, HostState host) {
    if (host.networks().containsAll(request.networks())) {
      return Optional.empty();
    }
    Set<String> missing = new TreeSet<>(request.networks());
    missing.removeAll(host.networks());
    return Optional.of("it lacks the networks " + String.join(", ", missing));
  }

  private static Optional<String> when(boolean condition, String objection) {
    return condition ? Optional.of(objection) : Optional.empty();
  }

  private static Filter filter(
      String name, BiFunction<PlacementRequest, HostState, Optional<String>> objection) {
    return new Filter() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<String> objection(PlacementRequest request, HostState host) {
        return objection.apply(request, host);
      }
    };
  }
}
