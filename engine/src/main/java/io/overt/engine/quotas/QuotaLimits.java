package io.overt.engine.quotas;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.types.Quota;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one quota for objects of one kind: one for all of them, or one for each of some. A
 * limit's id is that of its object, or of the quota.
 */
final class QuotaLimits<T extends Struct> {

  /** What tells limits for clusters from limits for storage domains. */
  interface Terms<T extends Struct> {
    @Nullable List<T> of(Quota quota);

    /** Puts limits into a copy of the quota. */
    void put(Quota quota, List<T> limits);

    /** The cluster or storage domain; null for all. */
    @Nullable Struct object(T limit);

    /** A copy with what is used of it. */
    T shown(Snapshot snapshot, String quotaId, T limit);
  }

  private final Platform platform;
  private final Resource<Quota> quotas;
  private final Key dataCenter;
  private final String quotaId;
  private final Terms<T> terms;

  QuotaLimits(
      Platform platform, Resource<Quota> quotas, Key dataCenter, String quotaId, Terms<T> terms) {
    this.platform = platform;
    this.quotas = quotas;
    this.dataCenter = dataCenter;
    this.quotaId = quotaId;
    this.terms = terms;
  }

  String quotaId() {
    return quotaId;
  }

  List<T> list(Call call) {
    Snapshot snapshot = platform.snapshot();
    return limits(quota(call, snapshot)).stream()
        .limit(Resource.limit(call))
        .map(limit -> terms.shown(snapshot, quotaId, limit))
        .toList();
  }

  T get(Call call, String id) {
    Snapshot snapshot = platform.snapshot();
    return limits(quota(call, snapshot)).stream()
        .filter(limit -> id.equals(limit.id()))
        .findFirst()
        .map(limit -> terms.shown(snapshot, quotaId, limit))
        .orElseThrow(ApiFault::notFound);
  }

  /** Adds the limit that is made from a checked body. */
  Outcome<T> add(Call call, Function<Transaction, T> maker) {
    T added =
        platform.write(
            transaction -> {
              Entity<Quota> quota = quotas.requireOwned(call, transaction, dataCenter, quotaId);
              T limit = maker.apply(transaction);
              requireFitting(limits(quota), limit);
              store(
                  transaction,
                  call,
                  quota,
                  Stream.concat(limits(quota).stream(), Stream.of(limit)).toList());
              return limit;
            });
    return Outcome.done(terms.shown(platform.snapshot(), quotaId, added));
  }

  Outcome<Struct> remove(Call call, String id) {
    platform.write(
        transaction -> {
          Entity<Quota> quota = quotas.requireOwned(call, transaction, dataCenter, quotaId);
          List<T> left = limits(quota).stream().filter(limit -> !id.equals(limit.id())).toList();
          if (left.size() == limits(quota).size()) {
            throw ApiFault.notFound();
          }
          store(transaction, call, quota, left);
          return id;
        });
    return Outcome.removed();
  }

  private Entity<Quota> quota(Call call, Snapshot snapshot) {
    Entity<Quota> quota = quotas.require(call, snapshot, quotaId);
    if (!dataCenter.equals(quota.owner())) {
      throw ApiFault.notFound();
    }
    return quota;
  }

  private List<T> limits(Entity<Quota> quota) {
    return Objects.requireNonNullElse(terms.of(quota.value()), List.of());
  }

  private void store(Transaction transaction, Call call, Entity<Quota> quota, List<T> limits) {
    Quota changed = quota.value().copy();
    terms.put(changed, limits);
    platform.report(
        transaction, "USER_UPDATE_QUOTA", call, transaction.update(quota, changed).value());
  }

  private void requireFitting(List<T> present, T added) {
    for (T limit : present) {
      if (Objects.equals(limit.id(), added.id())) {
        throw ApiFault.conflict("The quota already has a limit for this object.");
      }
      if ((terms.object(limit) == null) != (terms.object(added) == null)) {
        throw ApiFault.bad(
            "A quota has either one limit for all or limits for some; remove the present ones"
                + " first");
      }
    }
  }
}
