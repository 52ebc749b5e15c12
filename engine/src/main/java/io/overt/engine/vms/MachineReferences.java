package io.overt.engine.vms;

import io.overt.engine.resource.References;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Cluster;
import io.overt.model.types.CpuProfile;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Host;
import io.overt.model.types.Icon;
import io.overt.model.types.Quota;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainLease;
import io.overt.model.types.VmBase;
import io.overt.model.types.VmPlacementPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a machine's or template's body refers to and puts it, by id, into the value that is
 * kept.
 */
public final class MachineReferences {
  /** Members that {@link #settle} takes care of; a merge must leave them out. */
  public static final Set<String> MEMBERS =
      Set.of(
          "cluster",
          "cpu_profile",
          "quota",
          "placement_policy",
          "large_icon",
          "small_icon",
          "lease",
          "storage_domain");

  private static final String DEFAULT_QUOTA = "Default";
  private final Transaction transaction;
  private final Supplier<String> ids;

  public MachineReferences(Transaction transaction, Supplier<String> ids) {
    this.transaction = transaction;
    this.ids = ids;
  }

  /**
   * @param machine the value to complete, with the references that it had before
   * @param body what the client sent
   * @param cluster where the machine is going to be; null for templates without one
   */
  public void settle(VmBase machine, VmBase body, @Nullable Entity<Cluster> cluster) {
    if (cluster != null) {
      machine.cluster(new Cluster().id(cluster.id()));
      machine.cpuProfile(cpuProfile(machine, body, cluster));
      machine.quota(quota(machine, body, cluster.value()));
    }
    placement(machine, body);
    machine.largeIcon(icon(body.largeIcon(), machine.largeIcon()));
    machine.smallIcon(icon(body.smallIcon(), machine.smallIcon()));
    lease(machine, body);
  }

  private @Nullable CpuProfile cpuProfile(VmBase machine, VmBase body, Entity<Cluster> cluster) {
    CpuProfile wanted = body.cpuProfile();
    List<Entity<CpuProfile>> here =
        transaction.current().referrers(Kinds.CPU_PROFILE, "cluster", cluster.id());
    if (wanted != null && wanted.id() != null) {
      String id = References.uuid(Objects.requireNonNull(wanted.id()));
      if (here.stream().noneMatch(profile -> profile.id().equals(id))) {
        throw ApiFault.bad(
            "cpu_profile: cluster " + cluster.value().name() + " has no CPU profile with id " + id);
      }
      return new CpuProfile().id(id);
    }
    CpuProfile before = machine.cpuProfile();
    if (before != null && here.stream().anyMatch(profile -> profile.id().equals(before.id()))) {
      return before;
    }
    return here.isEmpty() ? null : new CpuProfile().id(here.getFirst().id());
  }

  private @Nullable Quota quota(VmBase machine, VmBase body, Cluster cluster) {
    DataCenter dataCenter = cluster.dataCenter();
    Quota wanted = body.quota();
    if (wanted != null && wanted.id() != null) {
      String id = References.uuid(Objects.requireNonNull(wanted.id()));
      return transaction
          .find(Kinds.QUOTA, id)
          .filter(quota -> sameDataCenter(quota.value(), dataCenter))
          .map(quota -> new Quota().id(quota.id()))
          .orElseThrow(() -> ApiFault.bad("quota: there is no quota with id " + id));
    }
    if (dataCenter == null) {
      return null;
    }
    Quota before = machine.quota();
    if (before != null
        && transaction
            .find(Kinds.QUOTA, before.requireId())
            .filter(quota -> sameDataCenter(quota.value(), dataCenter))
            .isPresent()) {
      return before;
    }
    return transaction
        .current()
        .byName(Kinds.QUOTA, dataCenter.requireId(), DEFAULT_QUOTA)
        .map(quota -> new Quota().id(quota.id()))
        .orElse(null);
  }

  private static boolean sameDataCenter(Quota quota, @Nullable DataCenter dataCenter) {
    DataCenter of = quota.dataCenter();
    return of != null && dataCenter != null && Objects.equals(of.id(), dataCenter.id());
  }

  private void placement(VmBase machine, VmBase body) {
    VmPlacementPolicy wanted = body.placementPolicy();
    if (wanted == null) {
      return;
    }
    VmPlacementPolicy policy =
        machine.placementPolicy() == null
            ? new VmPlacementPolicy()
            : machine.placementPolicy().copy();
    if (wanted.affinity() != null) {
      policy.affinity(wanted.affinity());
    }
    List<Host> hosts = wanted.hosts();
    if (hosts != null) {
      List<Host> found = new ArrayList<>();
      for (Host host : hosts) {
        found.add(new Host().id(References.resolve(transaction, Kinds.HOST, host).id()));
      }
      policy.hosts(found.isEmpty() ? null : found);
    }
    machine.placementPolicy(policy);
  }

  /** An icon that is kept already, or a new one from its data. */
  private @Nullable Icon icon(@Nullable Icon wanted, @Nullable Icon before) {
    if (wanted == null) {
      return before;
    }
    if (wanted.id() != null) {
      return new Icon().id(References.resolve(transaction, Kinds.ICON, wanted).id());
    }
    if (wanted.data() == null || wanted.mediaType() == null) {
      throw ApiFault.bad("An icon needs an id, or data with media_type.");
    }
    Icon icon = new Icon().id(ids.get()).data(wanted.data()).mediaType(wanted.mediaType());
    return new Icon().id(transaction.insert(Kinds.ICON, icon).id());
  }

  private void lease(VmBase machine, VmBase body) {
    StorageDomainLease wanted = body.lease();
    if (wanted == null) {
      return;
    }
    Optional<Entity<StorageDomain>> domain =
        References.optional(transaction, Kinds.STORAGE_DOMAIN, wanted.storageDomain());
    machine.lease(
        domain
            .map(
                found -> new StorageDomainLease().storageDomain(new StorageDomain().id(found.id())))
            .orElse(null));
  }

  /** The data center of a machine's cluster, if it has one. */
  static Optional<String> dataCenterOf(Snapshot snapshot, VmBase machine) {
    Cluster cluster = machine.cluster();
    return cluster == null
        ? Optional.empty()
        : snapshot
            .find(Kinds.CLUSTER, cluster.requireId())
            .map(found -> found.value().dataCenter())
            .map(DataCenter::requireId);
  }
}
