package io.overt.engine.clusters;

import io.overt.engine.policies.PolicyProperties;
import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.Names;
import io.overt.engine.resource.References;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Architecture;
import io.overt.model.types.BiosType;
import io.overt.model.types.Cluster;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuType;
import io.overt.model.types.LogMaxMemoryUsedThresholdType;
import io.overt.model.types.MacPool;
import io.overt.model.types.MemoryOverCommit;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.MigrationBandwidth;
import io.overt.model.types.MigrationBandwidthAssignmentMethod;
import io.overt.model.types.MigrationOptions;
import io.overt.model.types.ParallelMigrationsPolicy;
import io.overt.model.types.Property;
import io.overt.model.types.RngSource;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SerialNumber;
import io.overt.model.types.SerialNumberPolicy;
import io.overt.model.types.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold of a cluster, and what follows from what was given. */
final class ClusterRules {
  private static final int NAME_LIMIT = 40;
  private static final int TEXT_LIMIT = 4000;

  private ClusterRules() {}

  /** Checks and completes a cluster that is complete but for what follows from the rest. */
  static void settle(Cluster cluster, String operation) {
    Names.dotted(Names.required(cluster.name(), "Cluster", operation), "cluster.name", NAME_LIMIT);
    Names.ascii(cluster.description(), "cluster.description", TEXT_LIMIT);
    settleCpu(cluster);
    cluster.version(
        CompatibilityVersions.known(Objects.requireNonNull(cluster.version()), "cluster.version"));
    if (!Boolean.TRUE.equals(cluster.virtService())
        && !Boolean.TRUE.equals(cluster.glusterService())) {
      throw ApiFault.bad(
          "cluster.virt_service and cluster.gluster_service are both false; one must be true");
    }
    settleSerialNumber(cluster.serialNumber());
    settleMemory(cluster);
    settleMigration(cluster.migration());
    settleRandomness(cluster);
  }

  private static void settleCpu(Cluster cluster) {
    Cpu cpu = cluster.cpu() == null ? new Cpu() : cluster.cpu();
    String name = Objects.requireNonNullElse(cpu.type_(), "");
    Architecture architecture =
        name.isEmpty()
            ? Objects.requireNonNullElse(cpu.architecture(), Architecture.UNDEFINED)
            : Objects.requireNonNull(known(name).architecture());
    cluster.cpu(new Cpu().architecture(architecture).type_(name));
    if (cluster.biosType() == BiosType.CLUSTER_DEFAULT) {
      throw ApiFault.bad("cluster.bios_type cluster_default is for VMs, not for clusters");
    }
    if (cluster.biosType() == null && architecture != Architecture.UNDEFINED) {
      cluster.biosType(
          architecture == Architecture.X86_64 ? BiosType.Q35_OVMF : BiosType.I440FX_SEA_BIOS);
    }
  }

  private static CpuType known(String name) {
    return CpuTypes.named(name)
        .orElseThrow(
            () ->
                ApiFault.bad(
                    "cluster.cpu.type '"
                        + name
                        + "' is not a known CPU type; the cluster level lists those that are"));
  }

  private static void settleSerialNumber(@Nullable SerialNumber serial) {
    if (serial != null
        && serial.policy() == SerialNumberPolicy.CUSTOM
        && (serial.value() == null || serial.value().isEmpty())) {
      throw ApiFault.bad("cluster.serial_number.value must not be empty for the policy custom");
    }
  }

  private static void settleMemory(Cluster cluster) {
    MemoryPolicy policy = Objects.requireNonNull(cluster.memoryPolicy());
    MemoryOverCommit overCommit = policy.overCommit();
    Long percent = overCommit == null ? null : overCommit.percent();
    if (percent == null || percent <= 0) {
      policy.overCommit(new MemoryOverCommit().percent(100L));
    }
    Long threshold = cluster.logMaxMemoryUsedThreshold();
    if (threshold != null
        && (threshold < 0
            || (cluster.logMaxMemoryUsedThresholdType() == LogMaxMemoryUsedThresholdType.PERCENTAGE
                && threshold > 100))) {
      throw ApiFault.bad(
          "cluster.log_max_memory_used_threshold is "
              + threshold
              + "; as a percentage it must be between 0 and 100");
    }
  }

  private static void settleMigration(@Nullable MigrationOptions migration) {
    if (migration == null) {
      return;
    }
    MigrationBandwidth bandwidth = migration.bandwidth();
    if (bandwidth != null) {
      boolean custom = bandwidth.assignmentMethod() == MigrationBandwidthAssignmentMethod.CUSTOM;
      Long value = bandwidth.customValue();
      if (custom && (value == null || value <= 0)) {
        throw ApiFault.bad(
            "cluster.migration.bandwidth.custom_value must be above 0 for the method custom");
      }
      if (!custom) {
        bandwidth.customValue(null);
      }
    }
    Long parallel = migration.customParallelMigrations();
    if (migration.parallelMigrationsPolicy() == ParallelMigrationsPolicy.CUSTOM) {
      if (parallel == null || parallel < 2 || parallel > 255) {
        throw ApiFault.bad(
            "cluster.migration.custom_parallel_migrations is "
                + parallel
                + "; it must be between 2 and 255 for the policy custom");
      }
    } else {
      migration.customParallelMigrations(null);
    }
  }

  /** Every VM has urandom; the hardware's generator may come in addition. */
  private static void settleRandomness(Cluster cluster) {
    List<RngSource> sources = new ArrayList<>(List.of(RngSource.URANDOM));
    if (cluster.requiredRngSources() != null
        && cluster.requiredRngSources().contains(RngSource.HWRNG)) {
      sources.add(RngSource.HWRNG);
    }
    cluster.requiredRngSources(sources);
  }

  /** The cluster must not be older than its data center, nor than it was. */
  static void checkVersion(Transaction transaction, Cluster cluster, @Nullable Version before) {
    Version version = Objects.requireNonNull(cluster.version());
    if (before != null && CompatibilityVersions.compare(version, before) < 0) {
      throw ApiFault.bad(
          "cluster.version "
              + CompatibilityVersions.text(version)
              + " is older than the present "
              + CompatibilityVersions.text(before));
    }
    if (cluster.dataCenter() == null) {
      return;
    }
    transaction
        .find(Kinds.DATA_CENTER, cluster.dataCenter().requireId())
        .map(found -> found.value().version())
        .filter(least -> CompatibilityVersions.compare(version, least) < 0)
        .ifPresent(
            least -> {
              throw ApiFault.bad(
                  "cluster.version "
                      + CompatibilityVersions.text(version)
                      + " is older than its data center's "
                      + CompatibilityVersions.text(least));
            });
  }

  /**
   * The scheduling policy and its properties.
   *
   * @param wanted as the client names it; null keeps {@code before}
   * @param properties as the client gives them; null keeps those of {@code before} unless the
   *     policy changes
   */
  static void settlePolicy(
      Transaction transaction,
      Cluster cluster,
      @Nullable SchedulingPolicy wanted,
      @Nullable List<Property> properties,
      @Nullable Cluster before) {
    Entity<SchedulingPolicy> policy = policy(transaction, wanted, before);
    cluster.schedulingPolicy(new SchedulingPolicy().id(policy.id()));
    List<Property> given = properties;
    if (given == null
        && before != null
        && before.schedulingPolicy() != null
        && policy.id().equals(before.schedulingPolicy().id())) {
      given = before.customSchedulingPolicyProperties();
      if (given == null) {
        cluster.customSchedulingPolicyProperties(null);
        return;
      }
    }
    List<Property> effective =
        PolicyProperties.effective(
            transaction.current(), policy, given == null ? List.of() : given);
    cluster.customSchedulingPolicyProperties(effective.isEmpty() ? null : effective);
  }

  private static Entity<SchedulingPolicy> policy(
      Transaction transaction, @Nullable SchedulingPolicy wanted, @Nullable Cluster before) {
    if (wanted != null && (wanted.id() != null || wanted.name() != null)) {
      String id = wanted.id() == null ? null : References.uuid(wanted.id());
      return (id != null
              ? transaction.find(Kinds.SCHEDULING_POLICY, id)
              : References.byName(
                  transaction, Kinds.SCHEDULING_POLICY, Objects.requireNonNull(wanted.name())))
          .orElseThrow(
              () ->
                  ApiFault.bad(
                      "cluster.scheduling_policy "
                          + (id == null ? "'" + wanted.name() + "'" : id)
                          + " does not exist"));
    }
    if (before != null && before.schedulingPolicy() != null) {
      return transaction
          .find(Kinds.SCHEDULING_POLICY, before.schedulingPolicy().requireId())
          .orElseThrow();
    }
    return transaction.current().all(Kinds.SCHEDULING_POLICY).stream()
        .filter(policy -> Boolean.TRUE.equals(policy.value().defaultPolicy()))
        .findFirst()
        .orElseThrow(() -> ApiFault.conflict("There is no default scheduling policy."));
  }

  /** The MAC pool that the client names, else the default one. */
  static MacPool macPool(Transaction transaction, @Nullable MacPool wanted) {
    Entity<MacPool> pool =
        References.optional(transaction, Kinds.MAC_POOL, wanted)
            .or(
                () ->
                    transaction.current().all(Kinds.MAC_POOL).stream()
                        .filter(one -> Boolean.TRUE.equals(one.value().defaultPool()))
                        .findFirst())
            .orElseThrow(() -> ApiFault.conflict("There is no default MAC pool."));
    return new MacPool().id(pool.id());
  }
}
