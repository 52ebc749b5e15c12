package io.overt.engine.quotas;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.QuotaClusterLimitService;
import io.overt.model.services.QuotaClusterLimitsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Quota;
import io.overt.model.types.QuotaClusterLimit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@code …/quotas/{id}/quotaclusterlimits}: one for all clusters, or one for each of some. A
 * limit's id is that of its cluster, or of the quota.
 */
final class ClusterLimits implements QuotaClusterLimitsService {
  private final Platform platform;
  private final Resource<Quota> quotas;
  private final Key dataCenter;
  private final String quotaId;

  ClusterLimits(Platform platform, Resource<Quota> quotas, Key dataCenter, String quotaId) {
    this.platform = platform;
    this.quotas = quotas;
    this.dataCenter = dataCenter;
    this.quotaId = quotaId;
  }

  private static List<QuotaClusterLimit> limits(Entity<Quota> quota) {
    return Objects.requireNonNullElse(quota.value().quotaClusterLimits(), List.of());
  }

  private Entity<Quota> quota(Call call, Snapshot snapshot) {
    Entity<Quota> quota = quotas.require(call, snapshot, quotaId);
    if (!dataCenter.equals(quota.owner())) {
      throw ApiFault.notFound();
    }
    return quota;
  }

  private QuotaClusterLimit shown(Snapshot snapshot, QuotaClusterLimit limit) {
    String cluster = limit.cluster() == null ? null : limit.cluster().id();
    return limit
        .copy()
        .memoryUsage(QuotaUsage.memory(snapshot, quotaId, cluster))
        .vcpuUsage(QuotaUsage.vcpus(snapshot, quotaId, cluster))
        .quota(new Quota().id(quotaId));
  }

  @Override
  public List<QuotaClusterLimit> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    return limits(quota(request.call(), snapshot)).stream()
        .limit(Resource.limit(request.call()))
        .map(limit -> shown(snapshot, limit))
        .toList();
  }

  @Override
  public Outcome<QuotaClusterLimit> add(AddRequest request) {
    Call call = request.call();
    QuotaClusterLimit body = platform.body(request.limit());
    QuotaClusterLimit added =
        platform.write(
            transaction -> {
              Entity<Quota> quota = quotas.requireOwned(call, transaction, dataCenter, quotaId);
              QuotaClusterLimit limit =
                  new QuotaClusterLimit()
                      .memoryLimit(
                          Objects.requireNonNullElse(body.memoryLimit(), BigDecimal.ONE.negate()))
                      .vcpuLimit(Objects.requireNonNullElse(body.vcpuLimit(), -1L));
              check(limit);
              References.optional(transaction, Kinds.CLUSTER, body.cluster())
                  .ifPresentOrElse(
                      cluster -> limit.id(cluster.id()).cluster(new Cluster().id(cluster.id())),
                      () -> limit.id(quotaId));
              QuotaLimits.requireFitting(limits(quota), limit, QuotaClusterLimit::cluster);
              List<QuotaClusterLimit> all = new ArrayList<>(limits(quota));
              all.add(limit);
              store(transaction, call, quota, all);
              return limit;
            });
    return Outcome.done(shown(platform.snapshot(), added));
  }

  private static void check(QuotaClusterLimit limit) {
    BigDecimal memory = Objects.requireNonNull(limit.memoryLimit());
    long vcpus = Objects.requireNonNull(limit.vcpuLimit());
    if (memory.signum() < 0 && memory.compareTo(BigDecimal.ONE.negate()) != 0) {
      throw ApiFault.bad("limit.memory_limit is " + memory + "; expected -1 or more");
    }
    if (vcpus < -1) {
      throw ApiFault.bad("limit.vcpu_limit is " + vcpus + "; expected -1 or more");
    }
  }

  private void store(
      Transaction transaction, Call call, Entity<Quota> quota, List<QuotaClusterLimit> all) {
    Entity<Quota> changed = transaction.update(quota, quota.value().copy().quotaClusterLimits(all));
    platform.report(transaction, "USER_UPDATE_QUOTA", call, changed.value());
  }

  @Override
  public QuotaClusterLimitService limit(String id) {
    return new QuotaClusterLimitService() {
      @Override
      public QuotaClusterLimit get(GetRequest request) {
        Snapshot snapshot = platform.snapshot();
        return limits(quota(request.call(), snapshot)).stream()
            .filter(limit -> id.equals(limit.id()))
            .findFirst()
            .map(limit -> shown(snapshot, limit))
            .orElseThrow(ApiFault::notFound);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<Quota> quota = quotas.requireOwned(call, transaction, dataCenter, quotaId);
              List<QuotaClusterLimit> left =
                  limits(quota).stream().filter(limit -> !id.equals(limit.id())).toList();
              if (left.size() == limits(quota).size()) {
                throw ApiFault.notFound();
              }
              store(transaction, call, quota, left);
              return id;
            });
        return Outcome.removed();
      }
    };
  }
}
