package io.overt.engine.policies;

import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.PolicyUnitType;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import org.jspecify.annotations.Nullable;

/** What adding a filter, a weight or a balance to a policy has in common. */
final class PolicyParts {
  private PolicyParts() {}

  /** The policy, for changing it; predefined ones are locked. */
  static Entity<SchedulingPolicy> requireOpen(
      Resource<SchedulingPolicy> policies, Call call, Transaction transaction, String id) {
    Entity<SchedulingPolicy> policy = policies.require(call, transaction, id);
    if (Boolean.TRUE.equals(policy.value().locked())) {
      throw ApiFault.bad(
          "Scheduling policy '"
              + policy.value().name()
              + "' is predefined; it can neither be changed nor removed");
    }
    return policy;
  }

  /** The key of a policy that the caller sees; a missing one is named in the fault. */
  static Key key(Resource<SchedulingPolicy> policies, Call call, Snapshot snapshot, String id) {
    References.pathId(id);
    if (snapshot.find(Kinds.SCHEDULING_POLICY, id).isEmpty()) {
      throw ApiFault.missing(id);
    }
    return policies.require(call, snapshot, id).key();
  }

  /**
   * The unit to add.
   *
   * @throws ApiFault 400 when it is not named, not known or of another type
   */
  static Entity<SchedulingPolicyUnit> unit(
      Transaction transaction,
      @Nullable SchedulingPolicyUnit wanted,
      PolicyUnitType type,
      String part) {
    if (wanted == null || wanted.id() == null) {
      throw ApiFault.incomplete(part, "scheduling_policy_unit.id", "add");
    }
    String id = References.uuid(wanted.id());
    Entity<SchedulingPolicyUnit> unit =
        transaction
            .find(Kinds.SCHEDULING_POLICY_UNIT, id)
            .orElseThrow(() -> ApiFault.bad("There is no scheduling policy unit " + id));
    if (unit.value().type_() != type) {
      throw ApiFault.bad(
          "Unit '" + unit.value().name() + "' is no " + type.wire().replace('_', ' ') + " unit");
    }
    if (!Boolean.TRUE.equals(unit.value().enabled())) {
      throw ApiFault.bad("Unit '" + unit.value().name() + "' is not enabled");
    }
    return unit;
  }
}
