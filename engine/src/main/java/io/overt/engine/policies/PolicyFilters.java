package io.overt.engine.policies;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.FilterService;
import io.overt.model.services.FiltersService;
import io.overt.model.types.Filter;
import io.overt.model.types.PolicyUnitType;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import java.util.List;
import java.util.Objects;

/** {@code /schedulingpolicies/{id}/filters}: which hosts a VM may run on. The id is the unit's. */
final class PolicyFilters implements FiltersService {
  private final Platform platform;
  private final Resource<SchedulingPolicy> policies;
  private final String policyId;

  PolicyFilters(Platform platform, Resource<SchedulingPolicy> policies, String policyId) {
    this.platform = platform;
    this.policies = policies;
    this.policyId = policyId;
  }

  @Override
  public List<Filter> list(ListRequest request) {
    Key policy = PolicyParts.key(policies, request.call(), platform.snapshot(), policyId);
    return platform.snapshot().owned(Kinds.FILTER, policy).stream()
        .limit(Resource.limit(request.call()))
        .map(Entity::value)
        .toList();
  }

  @Override
  public Outcome<Filter> add(AddRequest request) {
    Call call = request.call();
    Filter body = platform.body(request.filter());
    Entity<Filter> added =
        platform.write(
            transaction -> {
              Entity<SchedulingPolicy> policy =
                  PolicyParts.requireOpen(policies, call, transaction, policyId);
              Entity<SchedulingPolicyUnit> unit =
                  PolicyParts.unit(
                      transaction, body.schedulingPolicyUnit(), PolicyUnitType.FILTER, "Filter");
              requireNew(transaction, policy, unit);
              long position = Objects.requireNonNullElse(body.position(), 0L);
              requirePlace(transaction, policy, position);
              Entity<Filter> entity =
                  transaction.insert(
                      Kinds.FILTER,
                      new Filter()
                          .id(unit.id())
                          .position(position)
                          .schedulingPolicyUnit(new SchedulingPolicyUnit().id(unit.id())),
                      policy.key());
              platform.report(transaction, "USER_UPDATE_CLUSTER_POLICY", call, policy.value());
              return entity;
            });
    return Outcome.assigned(added.value());
  }

  private static void requireNew(
      Transaction transaction, Entity<SchedulingPolicy> policy, Entity<SchedulingPolicyUnit> unit) {
    if (transaction.current().find(Kinds.FILTER, policy.key(), unit.id()).isPresent()) {
      throw ApiFault.bad(
          "Policy '"
              + policy.value().name()
              + "' already has the unit '"
              + unit.value().name()
              + "'");
    }
  }

  /** At most one filter is the first (-1), and one the last (1). */
  private static void requirePlace(
      Transaction transaction, Entity<SchedulingPolicy> policy, long position) {
    if (position < -1 || position > 1) {
      throw ApiFault.bad("filter.position is " + position + "; expected -1, 0 or 1");
    }
    boolean taken =
        position != 0
            && transaction.current().owned(Kinds.FILTER, policy.key()).stream()
                .anyMatch(other -> Objects.equals(other.value().position(), position));
    if (taken) {
      throw ApiFault.bad("Only one filter of a policy can have the position " + position);
    }
  }

  @Override
  public FilterService filter(String id) {
    return new FilterService() {
      @Override
      public Filter get(GetRequest request) {
        Key policy = PolicyParts.key(policies, request.call(), platform.snapshot(), policyId);
        return platform
            .snapshot()
            .find(Kinds.FILTER, policy, id)
            .orElseThrow(ApiFault::notFound)
            .value();
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<SchedulingPolicy> policy =
                  PolicyParts.requireOpen(policies, call, transaction, policyId);
              transaction.delete(
                  transaction
                      .current()
                      .find(Kinds.FILTER, policy.key(), id)
                      .orElseThrow(ApiFault::notFound));
              platform.report(transaction, "USER_UPDATE_CLUSTER_POLICY", call, policy.value());
              return id;
            });
        return Outcome.removed();
      }
    };
  }
}
