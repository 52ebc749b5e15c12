package io.overt.engine.qos;

import io.overt.access.permissions.CreationGrants;
import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.CpuProfileService;
import io.overt.model.services.CpuProfilesService;
import io.overt.model.types.Cluster;
import io.overt.model.types.CpuProfile;
import io.overt.model.types.Qos;
import io.overt.model.types.QosType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /cpuprofiles}: how much of a host's CPU a VM of a cluster may have. */
public final class CpuProfiles implements CpuProfilesService {
  private static final int NAME_LIMIT = 50;
  private final Platform platform;
  private final Resource<CpuProfile> resource;
  private final Function<Key, AssignedPermissionsService> permissions;

  public CpuProfiles(Platform platform, Function<Key, AssignedPermissionsService> permissions) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.CPU_PROFILE);
    this.permissions = permissions;
  }

  Resource<CpuProfile> resource() {
    return resource;
  }

  @Override
  public List<CpuProfile> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<CpuProfile> add(AddRequest request) {
    CpuProfile body = platform.body(request.profile());
    return add(request.call(), body, Objects.requireNonNullElseGet(body.cluster(), Cluster::new));
  }

  Outcome<CpuProfile> add(Call call, CpuProfile body, Cluster wanted) {
    Entity<CpuProfile> added =
        platform.write(
            transaction -> {
              Entity<Cluster> cluster = References.resolve(transaction, Kinds.CLUSTER, wanted);
              CpuProfile value =
                  body.copy().id(platform.newId()).cluster(new Cluster().id(cluster.id()));
              settle(transaction, value, cluster, "add");
              Entity<CpuProfile> entity =
                  transaction.insert(Kinds.CPU_PROFILE, value, cluster.key());
              CreationGrants.created(
                  transaction,
                  platform.caller(call),
                  entity.key(),
                  CreationGrants.Audience.EVERYONE);
              report(transaction, "USER_ADDED_CPU_PROFILE", call, entity, cluster);
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  private void settle(
      Transaction transaction, CpuProfile profile, Entity<Cluster> cluster, String operation) {
    String name =
        Names.plain(
            Names.required(profile.name(), "CpuProfile", operation), "profile.name", NAME_LIMIT);
    boolean taken =
        transaction.current().referrers(Kinds.CPU_PROFILE, "cluster", cluster.id()).stream()
            .filter(other -> !other.id().equals(profile.id()))
            .anyMatch(other -> name.equals(other.value().name()));
    if (taken) {
      throw ApiFault.bad(
          "Cluster '"
              + cluster.value().name()
              + "' already has a CPU profile named '"
              + name
              + "'.");
    }
    if (profile.qos() == null || profile.qos().id() == null) {
      profile.qos(null);
      return;
    }
    Entity<Qos> qos = References.resolveByRule(transaction, Kinds.QOS, profile.qos());
    boolean here =
        cluster.value().dataCenter() != null
            && Kinds.DATA_CENTER.key(cluster.value().dataCenter().requireId()).equals(qos.owner());
    if (!here || qos.value().type_() != QosType.CPU) {
      throw ApiFault.bad(
          "profile.qos '"
              + qos.value().name()
              + "' must be of the type cpu and of the cluster's data center");
    }
    profile.qos(new Qos().id(qos.id()));
  }

  private void report(
      Transaction transaction,
      String type,
      Call call,
      Entity<CpuProfile> profile,
      Entity<Cluster> cluster) {
    platform
        .events()
        .append(transaction, type, platform.about(call, profile.value()).and(cluster.value()));
  }

  private static Entity<Cluster> cluster(Transaction transaction, Entity<CpuProfile> profile) {
    return transaction
        .find(Kinds.CLUSTER, Objects.requireNonNull(profile.value().cluster()).requireId())
        .orElseThrow(ApiFault::notFound);
  }

  private static void requireSame(Entity<Cluster> cluster, @Nullable Cluster wanted) {
    if (wanted != null && wanted.id() != null && !cluster.id().equalsIgnoreCase(wanted.id())) {
      throw ApiFault.bad(
          "profile.cluster cannot change; it is and stays '" + cluster.value().name() + "'");
    }
  }

  Outcome<Struct> remove(Call call, Transaction transaction, Entity<CpuProfile> profile) {
    Entity<Cluster> cluster = cluster(transaction, profile);
    Snapshot snapshot = transaction.current();
    if (snapshot.referrers(Kinds.CPU_PROFILE, "cluster", cluster.id()).size() == 1) {
      throw ApiFault.bad(
          "CPU profile '"
              + profile.value().name()
              + "' is the last one of cluster '"
              + cluster.value().name()
              + "' and must stay.");
    }
    List<String> users = new ArrayList<>();
    snapshot
        .referrers(Kinds.VM, "cpu_profile", profile.id())
        .forEach(vm -> users.add("VM " + vm.value().name()));
    snapshot
        .referrers(Kinds.TEMPLATE, "cpu_profile", profile.id())
        .forEach(template -> users.add("template " + template.value().name()));
    if (!users.isEmpty()) {
      throw ApiFault.bad(
          "CPU profile '"
              + profile.value().name()
              + "' is used by "
              + String.join(", ", users)
              + ".");
    }
    report(transaction, "USER_REMOVED_CPU_PROFILE", call, profile, cluster);
    transaction.delete(profile);
    return Outcome.removed();
  }

  @Override
  public CpuProfileService profile(String id) {
    return new CpuProfileService() {
      @Override
      public CpuProfile get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<CpuProfile> update(UpdateRequest request) {
        Call call = request.call();
        CpuProfile body = platform.body(request.profile());
        Entity<CpuProfile> updated =
            platform.write(
                transaction -> {
                  Entity<CpuProfile> current = resource.require(call, transaction, id);
                  Entity<Cluster> cluster = cluster(transaction, current);
                  requireSame(cluster, body.cluster());
                  CpuProfile merged = Updates.merge(current.value(), body, Set.of("cluster"));
                  settle(transaction, merged, cluster, "update");
                  Entity<CpuProfile> entity = transaction.update(current, merged);
                  report(transaction, "USER_UPDATED_CPU_PROFILE", call, entity, cluster);
                  return entity;
                });
        return Outcome.done(resource.present(call, updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        return platform.write(
            transaction ->
                CpuProfiles.this.remove(
                    call, transaction, resource.require(call, transaction, id)));
      }

      @Override
      public AssignedPermissionsService permissions() {
        return permissions.apply(Kinds.CPU_PROFILE.key(id));
      }
    };
  }
}
