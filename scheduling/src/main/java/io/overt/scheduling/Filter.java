package io.overt.scheduling;

import java.util.Optional;

/** Removes hosts that cannot run a machine. */
interface Filter {
  /** Name shown to users; oVirt's policy unit names where one exists. */
  String name();

  /** Why this host cannot run it, or empty when it can. */
  Optional<String> objection(PlacementRequest request, HostState host);
}
