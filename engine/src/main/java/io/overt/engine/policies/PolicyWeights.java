package io.overt.engine.policies;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.WeightService;
import io.overt.model.services.WeightsService;
import io.overt.model.types.PolicyUnitType;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.Weight;
import java.util.List;
import java.util.Objects;

/** {@code /schedulingpolicies/{id}/weights}: which hosts a VM had better run on. */
final class PolicyWeights implements WeightsService {
  private final Platform platform;
  private final PolicyParts<Weight> parts;

  PolicyWeights(Platform platform, Resource<SchedulingPolicy> policies, String policyId) {
    this.platform = platform;
    this.parts =
        new PolicyParts<>(platform, policies, policyId, Kinds.WEIGHT, PolicyUnitType.WEIGHT);
  }

  @Override
  public List<Weight> list(ListRequest request) {
    return parts.list(request.call());
  }

  @Override
  public Outcome<Weight> add(AddRequest request) {
    Weight body = platform.body(request.weight());
    return parts.add(
        request.call(),
        "Weight",
        body.schedulingPolicyUnit(),
        (transaction, policy, unit) -> {
          long factor = Objects.requireNonNullElse(body.factor(), 1L);
          if (factor < 0) {
            throw ApiFault.bad("weight.factor is " + factor + "; expected 0 or more");
          }
          return new Weight()
              .id(unit.id())
              .factor(factor)
              .schedulingPolicy(new SchedulingPolicy().id(policy.id()))
              .schedulingPolicyUnit(unit);
        });
  }

  @Override
  public WeightService weight(String id) {
    return new WeightService() {
      @Override
      public Weight get(GetRequest request) {
        return parts.get(request.call(), id);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        return parts.remove(request.call(), id);
      }
    };
  }
}
