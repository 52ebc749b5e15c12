package io.overt.engine.policies;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.BalanceService;
import io.overt.model.services.BalancesService;
import io.overt.model.types.Balance;
import io.overt.model.types.PolicyUnitType;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import java.util.List;

/**
 * {@code /schedulingpolicies/{id}/balances}: how VMs are moved between hosts; a policy has one, and
 * adding another replaces it. The id is the unit's.
 */
final class PolicyBalances implements BalancesService {
  private final Platform platform;
  private final Resource<SchedulingPolicy> policies;
  private final String policyId;

  PolicyBalances(Platform platform, Resource<SchedulingPolicy> policies, String policyId) {
    this.platform = platform;
    this.policies = policies;
    this.policyId = policyId;
  }

  @Override
  public List<Balance> list(ListRequest request) {
    Key policy = PolicyParts.key(policies, request.call(), platform.snapshot(), policyId);
    return platform.snapshot().owned(Kinds.BALANCE, policy).stream()
        .limit(Resource.limit(request.call()))
        .map(Entity::value)
        .toList();
  }

  @Override
  public Outcome<Balance> add(AddRequest request) {
    Call call = request.call();
    Balance body = platform.body(request.balance());
    Entity<Balance> added =
        platform.write(
            transaction -> {
              Entity<SchedulingPolicy> policy =
                  PolicyParts.requireOpen(policies, call, transaction, policyId);
              Entity<SchedulingPolicyUnit> unit =
                  PolicyParts.unit(
                      transaction,
                      body.schedulingPolicyUnit(),
                      PolicyUnitType.LOAD_BALANCING,
                      "Balance");
              transaction.current().owned(Kinds.BALANCE, policy.key()).forEach(transaction::delete);
              Entity<Balance> entity =
                  transaction.insert(
                      Kinds.BALANCE,
                      new Balance()
                          .id(unit.id())
                          .schedulingPolicy(new SchedulingPolicy().id(policyId))
                          .schedulingPolicyUnit(new SchedulingPolicyUnit().id(unit.id())),
                      policy.key());
              platform.report(transaction, "USER_UPDATE_CLUSTER_POLICY", call, policy.value());
              return entity;
            });
    return Outcome.assigned(added.value());
  }

  @Override
  public BalanceService balance(String id) {
    return new BalanceService() {
      @Override
      public Balance get(GetRequest request) {
        Key policy = PolicyParts.key(policies, request.call(), platform.snapshot(), policyId);
        return platform
            .snapshot()
            .find(Kinds.BALANCE, policy, id)
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
                      .find(Kinds.BALANCE, policy.key(), id)
                      .orElseThrow(ApiFault::notFound));
              platform.report(transaction, "USER_UPDATE_CLUSTER_POLICY", call, policy.value());
              return id;
            });
        return Outcome.removed();
      }
    };
  }
}
