package io.overt.engine.vms.run;

import io.overt.fleet.Report;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkUsage;
import io.overt.model.types.Qos;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The network over which a cluster's machines move, as the hosts say that they carry it (oVirt:
 * {@code MigrateVmCommand}).
 */
final class MigrationNetwork {
  private final Optional<Network> network;
  private final Optional<Qos> qos;

  MigrationNetwork(Optional<Network> network, Optional<Qos> qos) {
    this.network = network;
    this.qos = qos;
  }

  /** A network that does nothing for a move: the hosts' own addresses and settings count. */
  static final MigrationNetwork NONE = new MigrationNetwork(Optional.empty(), Optional.empty());

  static MigrationNetwork of(Snapshot snapshot, String cluster) {
    Optional<Network> network =
        snapshot.owned(Kinds.CLUSTER_NETWORK, new Key(Kinds.CLUSTER.name(), cluster)).stream()
            .filter(MigrationNetwork::carriesMoves)
            .findFirst()
            .flatMap(assigned -> snapshot.find(Kinds.NETWORK, assigned.id()))
            .map(Entity::value);
    return new MigrationNetwork(
        network,
        network
            .flatMap(found -> Optional.ofNullable(found.qos()))
            .flatMap(reference -> Optional.ofNullable(reference.id()))
            .flatMap(id -> snapshot.find(Kinds.QOS, id))
            .map(Entity::value));
  }

  private static boolean carriesMoves(Entity<Network> assigned) {
    return assigned.value().usages() != null
        && assigned.value().usages().contains(NetworkUsage.MIGRATION);
  }

  /**
   * Where the destination takes memory: its address in this network, when both hosts have one of
   * that version. One that is good on its own link only will not do.
   */
  Optional<String> address(Report source, Report destination) {
    Stream<Function<Report, Optional<String>>> versions =
        Stream.of(MigrationNetwork::ipv4, MigrationNetwork::ipv6);
    return versions
        .filter(version -> version.apply(carried(source)).isPresent())
        .flatMap(version -> version.apply(carried(destination)).stream())
        .findFirst();
  }

  /** What a host says of the network, by the name that the host knows it by. */
  private Report carried(Report capabilities) {
    Report networks = capabilities.report("networks");
    return network.stream()
        .flatMap(known -> Stream.of(known.vdsmName(), known.name()))
        .filter(Objects::nonNull)
        .filter(name -> networks.values().containsKey(name))
        .findFirst()
        .map(networks::report)
        .orElse(Report.NONE);
  }

  private static Optional<String> ipv4(Report carried) {
    return Optional.ofNullable(carried.text("addr"))
        .filter(address -> !address.isEmpty() && !address.startsWith("169.254."));
  }

  /** Without the length of its prefix. */
  private static Optional<String> ipv6(Report carried) {
    return carried.list("ipv6addrs").stream()
        .map(address -> address.toString().replaceAll("/.*", ""))
        .filter(address -> !address.startsWith("fe80:"))
        .findFirst();
  }

  /**
   * How fast one of the hosts can send, in megabits a second: as the network's quality of service
   * has it, else the speed of the link below; empty for cards that do not know theirs.
   */
  Optional<Long> megabits(Report capabilities, Report statistics) {
    return quality().or(() -> link(capabilities, statistics));
  }

  private Optional<Long> quality() {
    return qos.flatMap(
        known ->
            Optional.ofNullable(known.outboundAverageRealtime())
                .or(() -> Optional.ofNullable(known.outboundAverageUpperlimit()))
                .map(Number::longValue));
  }

  private Optional<Long> link(Report capabilities, Report statistics) {
    Report carried = carried(capabilities);
    return Stream.concat(
            Stream.of("southbound", "iface").map(carried::text),
            carried.list("ports").stream().map(Object::toString))
        .filter(Objects::nonNull)
        .flatMap(
            device ->
                Stream.of(
                    capabilities.report("nics").report(device).number("speed"),
                    capabilities.report("bondings").report(device).number("speed"),
                    statistics.report("network").report(device).number("speed")))
        .filter(speed -> speed != null && speed > 0)
        .findFirst();
  }
}
