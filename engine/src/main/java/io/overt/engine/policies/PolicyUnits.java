package io.overt.engine.policies;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NeverSucceeds;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.SchedulingPolicyUnitService;
import io.overt.model.services.SchedulingPolicyUnitsService;
import io.overt.model.types.SchedulingPolicyUnit;
import java.util.List;
import java.util.stream.Stream;

/** {@code /schedulingpolicyunits}: what policies are made of. */
public final class PolicyUnits implements SchedulingPolicyUnitsService {
  private final Platform platform;
  private final Resource<SchedulingPolicyUnit> resource;

  public PolicyUnits(Platform platform) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.SCHEDULING_POLICY_UNIT);
  }

  @Override
  public List<SchedulingPolicyUnit> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public SchedulingPolicyUnitService unit(String id) {
    return new SchedulingPolicyUnitService() {
      @Override
      public SchedulingPolicyUnit get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      @NeverSucceeds
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<SchedulingPolicyUnit> current = resource.require(call, transaction, id);
              if (Boolean.TRUE.equals(current.value().internal())) {
                throw ApiFault.bad(
                    "Unit '" + current.value().name() + "' is built in and cannot be removed");
              }
              List<String> policies = users(transaction.current(), id);
              if (!policies.isEmpty()) {
                throw ApiFault.conflict(
                    "Unit '"
                        + current.value().name()
                        + "' is used by the policies "
                        + policies
                        + ".");
              }
              transaction.delete(current);
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  private static List<String> users(Snapshot snapshot, String unitId) {
    String member = "scheduling_policy_unit";
    return Stream.of(
            snapshot.referrers(Kinds.FILTER, member, unitId).stream().map(Entity::owner),
            snapshot.referrers(Kinds.WEIGHT, member, unitId).stream().map(Entity::owner),
            snapshot.referrers(Kinds.BALANCE, member, unitId).stream().map(Entity::owner))
        .flatMap(owners -> owners)
        .flatMap(owner -> owner == null ? Stream.empty() : snapshot.find(owner).stream())
        .map(policy -> String.valueOf(policy.value().get("name")))
        .distinct()
        .toList();
  }
}
