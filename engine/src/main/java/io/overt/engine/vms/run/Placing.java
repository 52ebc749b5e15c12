package io.overt.engine.vms.run;

import io.overt.engine.placement.CarriedNetworks;
import io.overt.engine.placement.MachineReader;
import io.overt.engine.placement.Placements;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.model.types.VnicPassThrough;
import io.overt.model.types.VnicPassThroughMode;
import io.overt.model.types.VnicProfile;
import io.overt.scheduling.Explanation;
import io.overt.scheduling.Placement;
import io.overt.scheduling.Request;
import io.overt.scheduling.state.Machine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings machines before the scheduler. */
final class Placing {
  private final Placements placements;
  private final Clock clock;

  Placing(Placements placements, Clock clock) {
    this.placements = placements;
    this.clock = clock;
  }

  /**
   * What is asked for.
   *
   * @param machines of one cluster, that go to one host
   * @param only the hosts to look at; null for all
   * @param apart whether machines that must be with them come along by themselves
   */
  record Question(
      List<VmParts> machines, Set<String> excluded, @Nullable Set<String> only, boolean apart) {
    static Question of(VmParts machine) {
      return new Question(List.of(machine), Set.of(), null, false);
    }

    Question excluding(Set<String> hosts) {
      return new Question(machines, hosts, only, apart);
    }

    Cluster cluster() {
      return machines.getFirst().cluster();
    }
  }

  /** What would be chosen now. */
  Placement find(Snapshot snapshot, Question question) {
    return placements.find(snapshot, question.cluster().requireId(), request(snapshot, question));
  }

  /** Why that would be chosen. */
  Explanation explain(Snapshot snapshot, Question question) {
    return placements.explain(
        snapshot, question.cluster().requireId(), request(snapshot, question));
  }

  /** Runs a write that claims hosts by {@link #claim}. */
  <R> R claiming(Function<Placements.Claims, R> write) {
    return placements.claiming(write);
  }

  /** Chooses a host and keeps it for the machines until the write ends. */
  Placement claim(Placements.Claims claims, Snapshot snapshot, Question question) {
    return claims.place(snapshot, question.cluster().requireId(), request(snapshot, question));
  }

  private Request request(Snapshot snapshot, Question question) {
    MachineReader reader = new MachineReader(snapshot, placements.known());
    return new Request(
        question.machines().stream().map(parts -> machine(snapshot, reader, parts)).toList(),
        question.excluded(),
        question.only(),
        Set.of(),
        question.apart(),
        List.of(),
        clock.millis());
  }

  private static Machine machine(Snapshot snapshot, MachineReader reader, VmParts parts) {
    Host host = parts.vm().value().host();
    boolean starts = parts.vm().value().status() == VmStatus.WAIT_FOR_LAUNCH;
    return reader.read(
        parts.vm(), host == null || starts ? null : host.requireId(), connections(snapshot, parts));
  }

  /** oVirt: {@code NetworkPolicyUnit}. */
  private static MachineReader.Connections connections(Snapshot snapshot, VmParts parts) {
    Set<String> bridges = new HashSet<>();
    List<String> functions = new ArrayList<>();
    for (VmParts.PluggedNic nic : parts.nics()) {
      VnicProfile profile = profile(snapshot, nic.nic().vnicProfile()).orElse(null);
      if (profile == null || profile.network() == null) {
        continue;
      }
      String network = profile.network().requireId();
      VnicPassThrough through = profile.passThrough();
      if (through != null && through.mode() == VnicPassThroughMode.ENABLED) {
        functions.add(network);
        profile(snapshot, profile.failover())
            .map(VnicProfile::network)
            .flatMap(failover -> CarriedNetworks.below(snapshot, failover.requireId()))
            .ifPresent(bridges::add);
      } else {
        CarriedNetworks.below(snapshot, network).ifPresent(bridges::add);
      }
    }
    return new MachineReader.Connections(
        bridges, CarriedNetworks.of(snapshot, parts.cluster().requireId()).display(), functions);
  }

  private static Optional<VnicProfile> profile(Snapshot snapshot, @Nullable VnicProfile reference) {
    return Optional.ofNullable(reference)
        .flatMap(known -> snapshot.find(Kinds.VNIC_PROFILE, known.requireId()))
        .map(Entity::value);
  }

  /** Whether the machine, as it is by now, may run on that host. */
  boolean fits(Snapshot newest, String vmId, String hostId, boolean apart) {
    Entity<Vm> vm = newest.find(Kinds.VM, vmId).orElse(null);
    Entity<Host> host = newest.find(Kinds.HOST, hostId).orElse(null);
    if (vm == null || host == null || host.value().cluster() == null) {
      return false;
    }
    Cluster cluster =
        newest
            .find(Kinds.CLUSTER, host.value().cluster().requireId())
            .map(Entity::value)
            .orElse(null);
    if (cluster == null) {
      return false;
    }
    VmParts parts = VmParts.of(newest, vm).in(cluster);
    Question question = new Question(List.of(parts), Set.of(), Set.of(hostId), apart);
    return placements.fits(newest, cluster, host, request(newest, question));
  }
}
