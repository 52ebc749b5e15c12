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
import io.overt.model.services.WeightService;
import io.overt.model.services.WeightsService;
import io.overt.model.types.PolicyUnitType;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import io.overt.model.types.Weight;
import java.util.List;
import java.util.Objects;

/**
 * {@code /schedulingpolicies/{id}/weights}: which hosts a VM had better run on. The id is the
 * unit's.
 */
final class PolicyWeights implements WeightsService {
  private final Platform platform;
  private final Resource<SchedulingPolicy> policies;
  private final String policyId;

  PolicyWeights(Platform platform, Resource<SchedulingPolicy> policies, String policyId) {
    this.platform = platform;
    this.policies = policies;
    this.policyId = policyId;
  }

  @Override
  public List<Weight> list(ListRequest request) {
    Key policy = PolicyParts.key(policies, request.call(), platform.snapshot(), policyId);
    return platform.snapshot().owned(Kinds.WEIGHT, policy).stream()
        .limit(Resource.limit(request.call()))
        .map(Entity::value)
        .toList();
  }

  @Override
  public Outcome<Weight> add(AddRequest request) {
    Call call = request.call();
    Weight body = platform.body(request.weight());
    Entity<Weight> added =
        platform.write(
            transaction -> {
              Entity<SchedulingPolicy> policy =
                  PolicyParts.requireOpen(policies, call, transaction, policyId);
              Entity<SchedulingPolicyUnit> unit =
                  PolicyParts.unit(
                      transaction, body.schedulingPolicyUnit(), PolicyUnitType.WEIGHT, "Weight");
              requireNew(transaction, policy, unit);
              long factor = Objects.requireNonNullElse(body.factor(), 1L);
              if (factor < 0) {
                throw ApiFault.bad("weight.factor is " + factor + "; expected 0 or more");
              }
              Entity<Weight> entity =
                  transaction.insert(
                      Kinds.WEIGHT,
                      new Weight()
                          .id(unit.id())
                          .factor(factor)
                          .schedulingPolicy(new SchedulingPolicy().id(policyId))
                          .schedulingPolicyUnit(new SchedulingPolicyUnit().id(unit.id())),
                      policy.key());
              platform.report(transaction, "USER_UPDATE_CLUSTER_POLICY", call, policy.value());
              return entity;
            });
    return Outcome.assigned(added.value());
  }

  private static void requireNew(
      Transaction transaction, Entity<SchedulingPolicy> policy, Entity<SchedulingPolicyUnit> unit) {
    if (transaction.current().find(Kinds.WEIGHT, policy.key(), unit.id()).isPresent()) {
      throw ApiFault.bad(
          "Policy '"
              + policy.value().name()
              + "' already has the unit '"
              + unit.value().name()
              + "'");
    }
  }

  @Override
  public WeightService weight(String id) {
    return new WeightService() {
      @Override
      public Weight get(GetRequest request) {
        Key policy = PolicyParts.key(policies, request.call(), platform.snapshot(), policyId);
        return platform
            .snapshot()
            .find(Kinds.WEIGHT, policy, id)
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
                      .find(Kinds.WEIGHT, policy.key(), id)
                      .orElseThrow(ApiFault::notFound));
              platform.report(transaction, "USER_UPDATE_CLUSTER_POLICY", call, policy.value());
              return id;
            });
        return Outcome.removed();
      }
    };
  }
}
