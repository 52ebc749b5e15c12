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
import io.overt.model.services.QuotaStorageLimitService;
import io.overt.model.services.QuotaStorageLimitsService;
import io.overt.model.types.Quota;
import io.overt.model.types.QuotaStorageLimit;
import io.overt.model.types.StorageDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@code …/quotas/{id}/quotastoragelimits}: one for all storage domains, or one for each of some. A
 * limit's id is that of its storage domain, or of the quota.
 */
final class StorageLimits implements QuotaStorageLimitsService {
  private final Platform platform;
  private final Resource<Quota> quotas;
  private final Key dataCenter;
  private final String quotaId;

  StorageLimits(Platform platform, Resource<Quota> quotas, Key dataCenter, String quotaId) {
    this.platform = platform;
    this.quotas = quotas;
    this.dataCenter = dataCenter;
    this.quotaId = quotaId;
  }

  private static List<QuotaStorageLimit> limits(Entity<Quota> quota) {
    return Objects.requireNonNullElse(quota.value().quotaStorageLimits(), List.of());
  }

  private Entity<Quota> quota(Call call, Snapshot snapshot) {
    Entity<Quota> quota = quotas.require(call, snapshot, quotaId);
    if (!dataCenter.equals(quota.owner())) {
      throw ApiFault.notFound();
    }
    return quota;
  }

  private QuotaStorageLimit shown(Snapshot snapshot, QuotaStorageLimit limit) {
    String domain = limit.storageDomain() == null ? null : limit.storageDomain().id();
    return limit
        .copy()
        .usage(QuotaUsage.storage(snapshot, quotaId, domain))
        .quota(new Quota().id(quotaId));
  }

  @Override
  public List<QuotaStorageLimit> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    return limits(quota(request.call(), snapshot)).stream()
        .limit(Resource.limit(request.call()))
        .map(limit -> shown(snapshot, limit))
        .toList();
  }

  @Override
  public Outcome<QuotaStorageLimit> add(AddRequest request) {
    Call call = request.call();
    QuotaStorageLimit body = platform.body(request.limit());
    QuotaStorageLimit added =
        platform.write(
            transaction -> {
              Entity<Quota> quota = quotas.requireOwned(call, transaction, dataCenter, quotaId);
              QuotaStorageLimit limit =
                  new QuotaStorageLimit().limit(Objects.requireNonNullElse(body.limit(), -1L));
              check(limit);
              References.optional(transaction, Kinds.STORAGE_DOMAIN, body.storageDomain())
                  .ifPresentOrElse(
                      domain ->
                          limit.id(domain.id()).storageDomain(new StorageDomain().id(domain.id())),
                      () -> limit.id(quotaId));
              QuotaLimits.requireFitting(limits(quota), limit, QuotaStorageLimit::storageDomain);
              List<QuotaStorageLimit> all = new ArrayList<>(limits(quota));
              all.add(limit);
              store(transaction, call, quota, all);
              return limit;
            });
    return Outcome.done(shown(platform.snapshot(), added));
  }

  private static void check(QuotaStorageLimit limit) {
    long most = Objects.requireNonNull(limit.limit());
    if (most < -1) {
      throw ApiFault.bad("limit.limit is " + most + "; expected -1 or more");
    }
  }

  private void store(
      Transaction transaction, Call call, Entity<Quota> quota, List<QuotaStorageLimit> all) {
    Entity<Quota> changed = transaction.update(quota, quota.value().copy().quotaStorageLimits(all));
    platform.report(transaction, "USER_UPDATE_QUOTA", call, changed.value());
  }

  @Override
  public QuotaStorageLimitService limit(String id) {
    return new QuotaStorageLimitService() {
      @Override
      public QuotaStorageLimit get(GetRequest request) {
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
              List<QuotaStorageLimit> left =
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
