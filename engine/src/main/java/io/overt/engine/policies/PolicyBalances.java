package io.overt.engine.policies;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Kinds;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.BalanceService;
import io.overt.model.services.BalancesService;
import io.overt.model.types.Balance;
import io.overt.model.types.PolicyUnitType;
import io.overt.model.types.SchedulingPolicy;
import java.util.List;

/**
 * {@code /schedulingpolicies/{id}/balances}: how VMs are moved between hosts; a policy has one, and
 * adding another replaces it.
 */
final class PolicyBalances implements BalancesService {
  private final Platform platform;
  private final PolicyParts<Balance> parts;

  PolicyBalances(Platform platform, Resource<SchedulingPolicy> policies, String policyId) {
    this.platform = platform;
    this.parts =
        new PolicyParts<>(
            platform, policies, policyId, Kinds.BALANCE, PolicyUnitType.LOAD_BALANCING);
  }

  @Override
  public List<Balance> list(ListRequest request) {
    return parts.list(request.call());
  }

  @Override
  public Outcome<Balance> add(AddRequest request) {
    Balance body = platform.body(request.balance());
    return parts.add(
        request.call(),
        "Balance",
        body.schedulingPolicyUnit(),
        (transaction, policy, unit) -> {
          transaction.current().owned(Kinds.BALANCE, policy.key()).forEach(transaction::delete);
          return new Balance()
              .id(unit.id())
              .schedulingPolicy(new SchedulingPolicy().id(policy.id()))
              .schedulingPolicyUnit(unit);
        });
  }

  @Override
  public BalanceService balance(String id) {
    return new BalanceService() {
      @Override
      public Balance get(GetRequest request) {
        return parts.get(request.call(), id);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        return parts.remove(request.call(), id);
      }
    };
  }
}
