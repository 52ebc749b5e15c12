package io.overt.engine.vms.run;

import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.InheritableBoolean;
import io.overt.model.types.MigrationBandwidth;
import io.overt.model.types.MigrationBandwidthAssignmentMethod;
import io.overt.model.types.MigrationOptions;
import io.overt.model.types.ParallelMigrationsPolicy;
import io.overt.model.types.Vm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

  /** When parallel connections are asked for without a number. */
  private static final int CONNECTIONS = 2;

  private final Vm vm;
  private final Cluster cluster;

  MigrationParameters(Vm vm, Cluster cluster) {
    this.vm = vm;
    this.cluster = cluster;
  }

  /** The value of {@code params} of VM.migrate. */
  Map<String, Object> between(Host source, Host destination) {
    Optional<MigrationPolicy> policy = MigrationPolicy.of(policyId());
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("vmId", vm.requireId());
    params.put("src", source.address());
    params.put("dst", address(destination));
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
    int connections = connections();
    if (connections > 1) {
      params.put("parallel", connections);
    }
    int atATime = policy.map(MigrationPolicy::atATime).orElse(2);
    bandwidth(atATime).ifPresent(limit -> params.put("maxBandwidth", limit));
    policy.ifPresent(
        named -> {
          params.put("convergenceSchedule", named.schedule());
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

  private int connections() {
    ParallelMigrationsPolicy wanted =
        option(
                options ->
                    Optional.ofNullable(options.parallelMigrationsPolicy())
                        .filter(value -> value != ParallelMigrationsPolicy.INHERIT))
            .orElse(ParallelMigrationsPolicy.DISABLED);
    return switch (wanted) {
      case AUTO_PARALLEL -> CONNECTIONS;
      case CUSTOM ->
          option(options -> Optional.ofNullable(options.customParallelMigrations()))
              .map(Long::intValue)
              .orElse(CONNECTIONS);
      // Connections pay off for large machines on fast networks only; AUTO leaves others alone.
      case AUTO, DISABLED, INHERIT -> 0;
    };
  }

  /** Empty leaves it to the host. What the cluster allows is shared by the moves of a host. */
  private Optional<Long> bandwidth(int atATime) {
    MigrationBandwidth bandwidth =
        cluster.migration() == null ? null : cluster.migration().bandwidth();
    if (bandwidth == null
        || bandwidth.assignmentMethod() != MigrationBandwidthAssignmentMethod.CUSTOM
        || bandwidth.customValue() == null) {
      return Optional.empty();
    }
    double mebibytes = bandwidth.customValue() * MEBIBYTES_IN_MEGABIT / atATime;
    return Optional.of(Math.max(1, (long) mebibytes));
  }

  private <T> Optional<T> option(Function<MigrationOptions, Optional<T>> option) {
    Optional<T> own = Optional.ofNullable(vm.migration()).flatMap(option);
    return own.isPresent() ? own : Optional.ofNullable(cluster.migration()).flatMap(option);
  }
}
