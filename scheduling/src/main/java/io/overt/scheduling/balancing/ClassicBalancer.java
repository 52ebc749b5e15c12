package io.overt.scheduling.balancing;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The balancers as they were in oVirt 3.4: one random host that is too busy gives away its least
 * busy machine; memory counts for nothing. Kept for policies that ask for it and to measure others
 * against.
 */
final class ClassicBalancer implements Balancer {
  private final Kind kind;
  private final RandomGenerator random;

  enum Kind {
    EVEN,
    POWER,
    GUEST
  }

  ClassicBalancer(Kind kind, RandomGenerator random) {
    this.kind = kind;
    this.random = random;
  }

  @Override
  public List<Proposal> propose(Round round) {
    if (round.size() < 2) {
      return List.of();
    }
    int high =
        round.number(
            "HighUtilization",
            kind == Kind.POWER ? round.thresholds().highPower() : round.thresholds().highEven());
    UtilizationBalancer.Sides sides =
        switch (kind) {
          case EVEN -> new UtilizationBalancer.Sides(over(round, high), under(round, high, -1));
          case POWER -> power(round, high);
          case GUEST -> GuestBalancer.sides(round);
        };
    if (sides.sources().isEmpty()) {
      return List.of();
    }
    int source = sides.sources().get(random.nextInt(sides.sources().size()));
    List<Machine> movable = Destinations.movable(round.state(), source);
    if (movable.isEmpty()) {
      return List.of();
    }
    String id = round.id(source);
    Machine machine =
        movable.stream()
            .filter(each -> !each.dedicatedHosts().contains(id))
            .findFirst()
            .orElse(movable.getFirst());
    List<String> hosts = new ArrayList<>();
    for (int target : sides.targets()) {
      ClusterState state = round.state();
      int added = (int) (Destinations.load(machine) / Math.max(1, state.effectiveCores(target)));
      if (target != source && state.facts(target).cpuUsage() + added <= high) {
        hosts.add(round.id(target));
      }
    }
    return hosts.isEmpty() ? List.of() : List.of(new Proposal(machine.id(), hosts));
  }

  private static UtilizationBalancer.Sides power(Round round, int high) {
    int low = round.number("LowUtilization", round.thresholds().lowPower());
    List<Integer> sources =
        new ArrayList<>(
            round.hosts(
                host ->
                    round.state().knownLoad(host)
                        && usage(round, host) <= low
                        && round.overCommitted(host),
                round::machines));
    sources.addAll(over(round, high));
    return new UtilizationBalancer.Sides(sources, under(round, high, low));
  }

  private static List<Integer> over(Round round, int high) {
    return round.hosts(
        host ->
            round.state().knownLoad(host)
                && usage(round, host) >= high
                && round.overCommitted(host),
        host -> -usage(round, host) * round.state().effectiveCores(host));
  }

  private static List<Integer> under(Round round, int high, int low) {
    return round.hosts(
        host ->
            round.state().knownLoad(host)
                && usage(round, host) + spm(round, host) < round.target(high)
                && usage(round, host) > low,
        host -> usage(round, host) * round.state().effectiveCores(host));
  }

  private static double usage(Round round, int host) {
    return round.state().facts(host).cpuUsage();
  }

  /** Percent of the host that being the storage pool manager takes. */
  private static int spm(Round round, int host) {
    ClusterState state = round.state();
    return state.spm(host)
        ? round.settings().spmConsumption()
            * round.settings().vcpuConsumption()
            / Math.max(1, state.effectiveCores(host))
        : 0;
  }
}
