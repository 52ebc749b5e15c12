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
import io.overt.model.services.QuotaStorageLimitService;
import io.overt.model.services.QuotaStorageLimitsService;
import io.overt.model.types.Quota;
import io.overt.model.types.QuotaStorageLimit;
import io.overt.model.types.StorageDomain;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code …/quotas/{id}/quotastoragelimits}: disk space in GiB, -1 for any amount. */
final class StorageLimits implements QuotaStorageLimitsService {
  private final Platform platform;
  private final QuotaLimits<QuotaStorageLimit> limits;

  StorageLimits(Platform platform, Resource<Quota> quotas, Key dataCenter, String quotaId) {
    this.platform = platform;
    this.limits = new QuotaLimits<>(platform, quotas, dataCenter, quotaId, new ForStorage());
  }

  private static final class ForStorage implements QuotaLimits.Terms<QuotaStorageLimit> {
    @Override
    public @Nullable List<QuotaStorageLimit> of(Quota quota) {
      return quota.quotaStorageLimits();
    }

    @Override
    public void put(Quota quota, List<QuotaStorageLimit> limits) {
      quota.quotaStorageLimits(limits);
    }

    @Override
    public @Nullable Struct object(QuotaStorageLimit limit) {
      return limit.storageDomain();
    }

    @Override
    public QuotaStorageLimit shown(Snapshot snapshot, String quotaId, QuotaStorageLimit limit) {
      String domain = limit.storageDomain() == null ? null : limit.storageDomain().id();
      return limit
          .copy()
          .usage(QuotaUsage.storage(snapshot, quotaId, domain))
          .quota(new Quota().id(quotaId));
    }
  }

  @Override
  public List<QuotaStorageLimit> list(ListRequest request) {
    return limits.list(request.call());
  }

  @Override
  public Outcome<QuotaStorageLimit> add(AddRequest request) {
    QuotaStorageLimit body = platform.body(request.limit());
    return limits.add(request.call(), transaction -> made(transaction, body));
  }

  private QuotaStorageLimit made(Transaction transaction, QuotaStorageLimit body) {
    long most = Objects.requireNonNullElse(body.limit(), -1L);
    if (most < -1) {
      throw ApiFault.bad("limit.limit is " + most + "; expected -1 or more");
    }
    QuotaStorageLimit limit = new QuotaStorageLimit().limit(most);
    return References.optional(transaction, Kinds.STORAGE_DOMAIN, body.storageDomain())
        .map(domain -> limit.id(domain.id()).storageDomain(new StorageDomain().id(domain.id())))
        .orElseGet(() -> limit.id(limits.quotaId()));
  }

  @Override
  public QuotaStorageLimitService limit(String id) {
    return new QuotaStorageLimitService() {
      @Override
      public QuotaStorageLimit get(GetRequest request) {
        return limits.get(request.call(), id);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        return limits.remove(request.call(), id);
      }
    };
  }
}
