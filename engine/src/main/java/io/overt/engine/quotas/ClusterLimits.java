package io.overt.engine.quotas;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.QuotaClusterLimitService;
import io.overt.model.services.QuotaClusterLimitsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Quota;
import io.overt.model.types.QuotaClusterLimit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code …/quotas/{id}/quotaclusterlimits}: memory in GiB and virtual CPUs, -1 for any number. */
final class ClusterLimits implements QuotaClusterLimitsService {
  private static final BigDecimal UNLIMITED = BigDecimal.ONE.negate();

  private final Platform platform;
  private final QuotaLimits<QuotaClusterLimit> limits;

  ClusterLimits(Platform platform, Resource<Quota> quotas, Key dataCenter, String quotaId) {
    this.platform = platform;
    this.limits = new QuotaLimits<>(platform, quotas, dataCenter, quotaId, new ForClusters());
  }

  private static final class ForClusters implements QuotaLimits.Terms<QuotaClusterLimit> {
    @Override
    public @Nullable List<QuotaClusterLimit> of(Quota quota) {
      return quota.quotaClusterLimits();
    }

    @Override
    public void put(Quota quota, List<QuotaClusterLimit> limits) {
      quota.quotaClusterLimits(limits);
    }

    @Override
    public @Nullable Struct object(QuotaClusterLimit limit) {
      return limit.cluster();
    }

    @Override
    public QuotaClusterLimit shown(Snapshot snapshot, String quotaId, QuotaClusterLimit limit) {
      String cluster = limit.cluster() == null ? null : limit.cluster().id();
      return limit
          .copy()
          .memoryUsage(QuotaUsage.memory(snapshot, quotaId, cluster))
          .vcpuUsage(QuotaUsage.vcpus(snapshot, quotaId, cluster))
          .quota(new Quota().id(quotaId));
    }
  }

  @Override
  public List<QuotaClusterLimit> list(ListRequest request) {
    return limits.list(request.call());
  }

  @Override
  public Outcome<QuotaClusterLimit> add(AddRequest request) {
    QuotaClusterLimit body = platform.body(request.limit());
    return limits.add(request.call(), transaction -> made(transaction, body));
  }

  private QuotaClusterLimit made(Transaction transaction, QuotaClusterLimit body) {
    BigDecimal memory = Objects.requireNonNullElse(body.memoryLimit(), UNLIMITED);
    long vcpus = Objects.requireNonNullElse(body.vcpuLimit(), -1L);
    if (memory.signum() < 0 && memory.compareTo(UNLIMITED) != 0) {
      throw ApiFault.bad("limit.memory_limit is " + memory + "; expected -1 or more");
    }
    if (vcpus < -1) {
      throw ApiFault.bad("limit.vcpu_limit is " + vcpus + "; expected -1 or more");
    }
    QuotaClusterLimit limit = new QuotaClusterLimit().memoryLimit(memory).vcpuLimit(vcpus);
    return References.optional(transaction, Kinds.CLUSTER, body.cluster())
        .map(cluster -> limit.id(cluster.id()).cluster(new Cluster().id(cluster.id())))
        .orElseGet(() -> limit.id(limits.quotaId()));
  }

  @Override
  public QuotaClusterLimitService limit(String id) {
    return new QuotaClusterLimitService() {
      @Override
      public QuotaClusterLimit get(GetRequest request) {
        return limits.get(request.call(), id);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        return limits.remove(request.call(), id);
      }
    };
  }
}
