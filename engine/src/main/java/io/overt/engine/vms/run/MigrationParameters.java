package io.overt.engine.vms.run;

import io.overt.fleet.Report;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.InheritableBoolean;
import io.overt.model.types.MigrationBandwidth;
import io.overt.model.types.MigrationBandwidthAssignmentMethod;
import io.overt.model.types.MigrationOptions;
import io.overt.model.types.ParallelMigrationsPolicy;
import io.overt.model.types.Vm;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a machine is moved, in VDSM's words: its own options where it has any, else its cluster's,
 * filled up by the policy's.
 */
final class MigrationParameters {
  /** VDSM's port, where a host names none. */
  private static final long PORT = 54_321;

  /** Bits of a megabit in bytes of a mebibyte. */
  private static final double MEBIBYTES_IN_MEGABIT = 1_000_000.0 / 8 / (1 << 20);

  /** The fewest that are parallel. */
  private static final int CONNECTIONS = 2;

  /** More do not help: the guest's memory is read by as many threads. */
  private static final int MOST_CONNECTIONS = 8;

  /** About what a single connection carries, in MiB a second: a link of 10 Gb/s. */
  private static final long CONNECTION = 1192;

  private final Vm vm;
  private final Cluster cluster;

  MigrationParameters(Vm vm, Cluster cluster) {
    this.vm = vm;
    this.cluster = cluster;
  }

  /**
   * One end of the move.
   *
   * @param capabilities what it said of itself
   */
  record End(Host host, Report capabilities, Report statistics) {}

  /**
   * The value of {@code params} of VM.migrate.
   *
   * @param paused whether the guest stands still
   */
  Map<String, Object> between(End from, End to, MigrationNetwork network, boolean paused) {
    Host source = from.host();
    Host destination = to.host();
    Optional<MigrationPolicy> policy = MigrationPolicy.of(policyId());
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("vmId", vm.requireId());
    params.put("src", source.address());
    params.put("dst", address(destination));
    network
        .address(from.capabilities(), to.capabilities())
        .ifPresent(address -> params.put("dstqemu", address));
    params.put("method", "online");
    params.put("tunneled", Boolean.TRUE.equals(vm.tunnelMigration()));
    params.put("abortOnError", true);
    params.put(
        "autoConverge",
        chosen(
            MigrationOptions::autoConverge,
            policy.map(MigrationPolicy::autoConverge).orElse(false)));
    params.put(
        "compressed",
        chosen(
            MigrationOptions::compressed, policy.map(MigrationPolicy::compressed).orElse(false)));
    params.put("encrypted", chosen(MigrationOptions::encrypted, false));
    long downtime = vm.migrationDowntime() == null ? -1 : vm.migrationDowntime();
    if (downtime > 0) {
      params.put("downtime", downtime);
    }
    int atATime = policy.map(MigrationPolicy::atATime).orElse(2);
    Optional<Long> bandwidth = bandwidth(from, to, network, atATime);
    bandwidth.ifPresent(limit -> params.put("maxBandwidth", limit));
    int connections = connections(bandwidth);
    if (connections > 1) {
      params.put("parallel", connections);
    }
    policy.ifPresent(
        named -> {
          // A guest that stands still cannot go on over there before all of it is there.
          params.put("convergenceSchedule", named.schedule(!paused));
          params.put("enableGuestEvents", true);
        });
    params.put("incomingLimit", atATime);
    params.put("outgoingLimit", atATime);
    return params;
  }

  private static String address(Host host) {
    String address = host.address() == null ? "" : host.address();
    long port = host.port() == null ? PORT : host.port();
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }

  private @Nullable String policyId() {
    return option(options -> Optional.ofNullable(options.policy()).map(named -> named.id()))
        .orElse(null);
  }

  private boolean chosen(
      Function<MigrationOptions, @Nullable InheritableBoolean> option, boolean otherwise) {
    return option(
            options ->
                Optional.ofNullable(option.apply(options))
                    .filter(value -> value != InheritableBoolean.INHERIT))
        .map(value -> value == InheritableBoolean.TRUE)
        .orElse(otherwise);
  }

  /** Connections pay off where one cannot fill the link; a tunnel has a single one. */
  private int connections(Optional<Long> bandwidth) {
    ParallelMigrationsPolicy wanted =
        Boolean.TRUE.equals(vm.tunnelMigration())
            ? ParallelMigrationsPolicy.DISABLED
            : option(
                    options ->
                        Optional.ofNullable(options.parallelMigrationsPolicy())
                            .filter(value -> value != ParallelMigrationsPolicy.INHERIT))
                .orElse(ParallelMigrationsPolicy.DISABLED);
    int fitting =
        (int) Math.min(MOST_CONNECTIONS, (bandwidth.orElse(0L) + CONNECTION - 1) / CONNECTION);
    return switch (wanted) {
      case AUTO -> fitting;
      case AUTO_PARALLEL -> Math.max(CONNECTIONS, fitting);
      case CUSTOM ->
          option(options -> Optional.ofNullable(options.customParallelMigrations()))
              .map(Long::intValue)
              .orElse(CONNECTIONS);
      case DISABLED, INHERIT -> 0;
    };
  }

  /**
   * In MiB a second; empty leaves it to the host. What the cluster allows, or the slower of the
   * hosts' links can take, is shared by the moves of a host.
   */
  private Optional<Long> bandwidth(End from, End to, MigrationNetwork network, int atATime) {
    MigrationBandwidth bandwidth =
        cluster.migration() == null ? null : cluster.migration().bandwidth();
    MigrationBandwidthAssignmentMethod method =
        bandwidth == null || bandwidth.assignmentMethod() == null
            ? MigrationBandwidthAssignmentMethod.AUTO
            : bandwidth.assignmentMethod();
    Optional<Long> megabits =
        switch (method) {
          case AUTO ->
              Stream.of(from, to)
                  .flatMap(end -> network.megabits(end.capabilities(), end.statistics()).stream())
                  .min(Comparator.naturalOrder());
          case CUSTOM -> Optional.ofNullable(bandwidth == null ? null : bandwidth.customValue());
          case HYPERVISOR_DEFAULT -> Optional.empty();
        };
    return megabits.map(limit -> Math.max(1, (long) (limit * MEBIBYTES_IN_MEGABIT / atATime)));
  }

  private <T> Optional<T> option(Function<MigrationOptions, Optional<T>> option) {
    Optional<T> own = Optional.ofNullable(vm.migration()).flatMap(option);
    return own.isPresent() ? own : Optional.ofNullable(cluster.migration()).flatMap(option);
  }
}
