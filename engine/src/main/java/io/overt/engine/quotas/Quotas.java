package io.overt.engine.quotas;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.QuotaClusterLimitsService;
import io.overt.model.services.QuotaService;
import io.overt.model.services.QuotaStorageLimitsService;
import io.overt.model.services.QuotasService;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Quota;
import io.overt.model.types.QuotaClusterLimit;
import io.overt.model.types.QuotaStorageLimit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /datacenters/{id}/quotas}. */
public final class Quotas implements QuotasService {
  private static final String IS_DEFAULT = "default";
  private static final int NAME_LIMIT = 65;
  private static final int TEXT_LIMIT = 250;
  private static final long SOFT_PERCENT = 80;
  private static final long GRACE_PERCENT = 20;
  private static final Set<String> READ_ONLY =
      Set.of("data_center", "quota_cluster_limits", "quota_storage_limits");

  private final Platform platform;
  private final Resource<Quota> resource;
  private final String dataCenterId;
  private final Function<Key, AssignedPermissionsService> permissions;

  public Quotas(
      Platform platform,
      String dataCenterId,
      Function<Key, AssignedPermissionsService> permissions) {
    this.platform = platform;
    this.resource =
        new Resource<>(
            platform,
            Kinds.QUOTA,
            (entity, snapshot, call) ->
                entity.value().copy().quotaClusterLimits(null).quotaStorageLimits(null));
    this.dataCenterId = dataCenterId;
    this.permissions = permissions;
  }

  /** The quota without limits that every data center begins with. */
  public static void addDefault(Transaction transaction, Entity<DataCenter> dataCenter, String id) {
    Quota quota =
        new Quota()
            .id(id)
            .name("Default")
            .description("Default unlimited quota")
            .dataCenter(new DataCenter().id(dataCenter.id()))
            .quotaClusterLimits(
                List.of(
                    new QuotaClusterLimit()
                        .id(id)
                        .memoryLimit(BigDecimal.ONE.negate())
                        .vcpuLimit(-1L)))
            .quotaStorageLimits(List.of(new QuotaStorageLimit().id(id).limit(-1L)));
    complete(quota);
    transaction.insert(Kinds.QUOTA, quota, dataCenter.key(), Map.of(IS_DEFAULT, "true"));
  }

  private static void complete(Quota quota) {
    quota
        .clusterSoftLimitPct(or(quota.clusterSoftLimitPct(), SOFT_PERCENT))
        .clusterHardLimitPct(or(quota.clusterHardLimitPct(), GRACE_PERCENT))
        .storageSoftLimitPct(or(quota.storageSoftLimitPct(), SOFT_PERCENT))
        .storageHardLimitPct(or(quota.storageHardLimitPct(), GRACE_PERCENT));
  }

  private static Long or(@Nullable Long value, long otherwise) {
    return value == null ? otherwise : value;
  }

  private Key owner() {
    return Kinds.DATA_CENTER.key(dataCenterId);
  }

  /** The quotas of a data center that does not exist are none, as engine 4.5 answers. */
  @Override
  public List<Quota> list(ListRequest request) {
    References.pathId(dataCenterId);
    return resource.listOwned(request.call(), owner());
  }

  @Override
  public Outcome<Quota> add(AddRequest request) {
    Call call = request.call();
    Quota value =
        platform
            .body(request.quota())
            .copy()
            .id(platform.newId())
            .dataCenter(new DataCenter().id(dataCenterId))
            .quotaClusterLimits(List.of())
            .quotaStorageLimits(List.of());
    complete(value);
    check(value, "add");
    Entity<Quota> added =
        platform.write(
            transaction -> {
              References.requirePresent(transaction, Kinds.DATA_CENTER, dataCenterId);
              Entity<Quota> entity = transaction.insert(Kinds.QUOTA, value, owner());
              platform.report(transaction, "USER_ADD_QUOTA", call, entity.value());
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  private static void check(Quota quota, String operation) {
    Names.plain(Names.required(quota.name(), "Quota", operation), "quota.name", NAME_LIMIT);
    Names.text(quota.description(), "quota.description", TEXT_LIMIT);
    percent(quota.clusterSoftLimitPct(), "quota.cluster_soft_limit_pct", 100);
    percent(quota.storageSoftLimitPct(), "quota.storage_soft_limit_pct", 100);
    percent(quota.clusterHardLimitPct(), "quota.cluster_hard_limit_pct", Integer.MAX_VALUE);
    percent(quota.storageHardLimitPct(), "quota.storage_hard_limit_pct", Integer.MAX_VALUE);
  }

  private static void percent(@Nullable Long value, String field, long most) {
    if (value != null && (value < 0 || value > most)) {
      throw ApiFault.bad(field + " is " + value + "; expected 0 to " + most);
    }
  }

  private Entity<Quota> requireChangeable(Call call, Transaction transaction, String id) {
    Entity<Quota> quota = resource.requireOwned(call, transaction, owner(), id);
    if (quota.internal(IS_DEFAULT) != null) {
      throw ApiFault.bad("The default quota of a data center can neither be changed nor removed");
    }
    return quota;
  }

  @Override
  public QuotaService quota(String id) {
    return new QuotaService() {
      @Override
      public Quota get(GetRequest request) {
        return resource.getOwned(request.call(), owner(), id);
      }

      @Override
      public Outcome<Quota> update(UpdateRequest request) {
        Call call = request.call();
        Quota body = platform.body(request.quota());
        Entity<Quota> updated =
            platform.write(
                transaction -> {
                  Entity<Quota> current = requireChangeable(call, transaction, id);
                  Quota merged = Updates.merge(current.value(), body, READ_ONLY);
                  check(merged, "update");
                  Entity<Quota> entity = transaction.update(current, merged);
                  platform.report(transaction, "USER_UPDATE_QUOTA", call, entity.value());
                  return entity;
                });
        return Outcome.done(resource.present(call, updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<Quota> current = requireChangeable(call, transaction, id);
              transaction.delete(current);
              platform.report(transaction, "USER_DELETE_QUOTA", call, current.value());
              return id;
            });
        return Outcome.removed();
      }

      @Override
      public QuotaClusterLimitsService quotaClusterLimits() {
        return new ClusterLimits(platform, resource, owner(), id);
      }

      @Override
      public QuotaStorageLimitsService quotaStorageLimits() {
        return new StorageLimits(platform, resource, owner(), id);
      }

      @Override
      public AssignedPermissionsService permissions() {
        return permissions.apply(Kinds.QUOTA.key(id));
      }
    };
  }
}
