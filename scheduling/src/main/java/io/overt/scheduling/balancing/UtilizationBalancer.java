package io.overt.scheduling.balancing;

import java.util.ArrayList;
import java.util.List;

/** Looks at processors first, then at memory: both may have something to say. */
abstract class UtilizationBalancer implements Balancer {

  /** Hosts that should give machines away, and hosts that should get them. */
  record Sides(List<Integer> sources, List<Integer> targets) {
    static final Sides NONE = new Sides(List.of(), List.of());
  }

  @Override
  public final List<Proposal> propose(Round round) {
    if (round.size() < 2) {
      return List.of();
    }
    Destinations destinations =
        new Destinations(round, high(round), round.number("MaxFreeMemoryForOverUtilized", 0));
    List<Proposal> proposals = new ArrayList<>();
    for (Sides sides : List.of(processors(round), memory(round))) {
      proposals.addAll(destinations.find(sides.sources(), sides.targets()));
    }
    return proposals;
  }

  /** Percent of its processors that a host may have busy after it got a machine. */
  abstract int high(Round round);

  abstract Sides processors(Round round);

  abstract Sides memory(Round round);

  /** Hosts with less memory to promise than the policy wants, the fullest first. */
  static List<Integer> tight(Round round) {
    long limit = round.number("MaxFreeMemoryForOverUtilized", 0);
    return round.hosts(
        host -> round.state().schedulableMb(host) < limit && round.machines(host) > 1,
        host -> round.state().schedulableMb(host));
  }

  /** Hosts with more memory to promise than that, the emptiest first. */
  static List<Integer> roomy(Round round, long limit, int machines) {
    return round.hosts(
        host -> round.state().schedulableMb(host) > limit && round.machines(host) >= machines,
        host -> -round.state().schedulableMb(host));
  }
}
