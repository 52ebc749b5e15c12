package io.overt.scheduling.balancing;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which host power saving should turn off, or on, so that as many empty hosts are up as the policy
 * keeps in reserve: one step a round.
 */
public final class PowerManagement {
  private PowerManagement() {}

  /** Where a host is. */
  public enum Status {
    UP,
    MAINTENANCE,
    DOWN
  }

  /**
   * A host of the cluster.
   *
   * @param controlled whether it was the policy that put it into maintenance or down
   * @param enabled whether it has power management
   * @param excepted whether the policy must not manage its power
   * @param sound whether its external status is ok
   */
  public record Host(
      String id,
      Status status,
      boolean controlled,
      boolean enabled,
      boolean excepted,
      boolean sound) {}

  /** A host, and the status that it should get. */
  public record Action(String hostId, Status status) {}

  public static Optional<Action> decide(Round round, List<Host> hosts) {
    if (!round.flag("EnableAutomaticHostPowerManagement", round.thresholds().powerManagement())) {
      return Optional.empty();
    }
    int reserve = round.number("HostsInReserve", round.thresholds().hostsInReserve());
    List<String> empty =
        round.hosts(host -> empty(round, host), host -> 0).stream().map(round::id).toList();
    List<Host> maintained = hosts.stream().filter(is(Status.MAINTENANCE)).toList();
    if (reserve < empty.size()) {
      List<Host> resting = maintained.stream().filter(Host::sound).toList();
      return resting.size() > 1
          ? Optional.of(new Action(resting.getFirst().id(), Status.DOWN))
          : rest(round, hosts, empty);
    }
    if (reserve == empty.size()) {
      return maintained.stream()
          .filter(Host::sound)
          .findFirst()
          .map(host -> new Action(host.id(), Status.DOWN));
    }
    return maintained.stream()
        .findFirst()
        .or(() -> hosts.stream().filter(is(Status.DOWN)).filter(Host::sound).findFirst())
        .map(host -> new Action(host.id(), Status.UP));
  }

  private static Predicate<Host> is(Status status) {
    return host -> host.status() == status && host.controlled() && !host.excepted();
  }

  private static boolean empty(Round round, int host) {
    return round.machines(host) == 0 && round.state().pendingMachines(host) == 0;
  }

  /** The first empty host that may rest. */
  private static Optional<Action> rest(Round round, List<Host> hosts, List<String> empty) {
    return empty.stream()
        .flatMap(id -> hosts.stream().filter(host -> host.id().equals(id)))
        .filter(host -> host.enabled() && !host.excepted() && host.sound())
        .filter(host -> !round.state().spm(round.state().index(host.id())))
        .findFirst()
        .map(host -> new Action(host.id(), Status.MAINTENANCE));
  }
}
