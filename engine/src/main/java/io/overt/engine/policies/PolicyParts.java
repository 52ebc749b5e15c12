package io.overt.engine.policies;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.types.PolicyUnitType;
import io.overt.model.types.Property;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The units of one type in a policy: its filters, weights or balances. A part's id is its unit's.
 */
final class PolicyParts<T extends Struct> {

  /** Makes the part to add; throws when the policy cannot have it. */
  interface Maker<T extends Struct> {
    T make(
        Transaction transaction, Entity<SchedulingPolicy> policy, SchedulingPolicyUnit reference);
  }

  private final Platform platform;
  private final Resource<SchedulingPolicy> policies;
  private final String policyId;
  private final Kind<T> kind;
  private final PolicyUnitType type;

  PolicyParts(
      Platform platform,
      Resource<SchedulingPolicy> policies,
      String policyId,
      Kind<T> kind,
      PolicyUnitType type) {
    this.platform = platform;
    this.policies = policies;
    this.policyId = policyId;
    this.kind = kind;
    this.type = type;
  }

  List<T> list(Call call) {
    Snapshot snapshot = platform.snapshot();
    return snapshot.owned(kind, policy(call, snapshot)).stream()
        .limit(Resource.limit(call))
        .map(Entity::value)
        .toList();
  }

  T get(Call call, String id) {
    Snapshot snapshot = platform.snapshot();
    return snapshot.find(kind, policy(call, snapshot), id).orElseThrow(ApiFault::notFound).value();
  }

  /**
   * Adds a unit to the policy.
   *
   * @param part the part's name in a fault about its body: {@code Filter}
   */
  Outcome<T> add(Call call, String part, @Nullable SchedulingPolicyUnit wanted, Maker<T> maker) {
    Entity<T> added =
        platform.write(
            transaction -> {
              Entity<SchedulingPolicy> policy = requireOpen(policies, call, transaction, policyId);
              Entity<SchedulingPolicyUnit> unit = unit(transaction, wanted, part);
              T made = maker.make(transaction, policy, new SchedulingPolicyUnit().id(unit.id()));
              requireNew(transaction, policy, unit);
              Entity<T> entity = transaction.insert(kind, made, policy.key());
              platform.report(transaction, "USER_UPDATE_CLUSTER_POLICY", call, policy.value());
              return entity;
            });
    return Outcome.assigned(added.value());
  }

  Outcome<Struct> remove(Call call, String id) {
    platform.write(
        transaction -> {
          Entity<SchedulingPolicy> policy = requireOpen(policies, call, transaction, policyId);
          transaction.delete(
              transaction.current().find(kind, policy.key(), id).orElseThrow(ApiFault::notFound));
          dropProperties(transaction, policy);
          platform.report(transaction, "USER_UPDATE_CLUSTER_POLICY", call, policy.value());
          return id;
        });
    return Outcome.removed();
  }

  /** A property goes with the last unit that knows it. */
  private static void dropProperties(Transaction transaction, Entity<SchedulingPolicy> policy) {
    List<Property> before = policy.value().properties();
    List<Property> left = PolicyProperties.known(transaction.current(), policy.key(), before);
    if (left != null && before != null && left.size() < before.size()) {
      transaction.update(policy, policy.value().copy().properties(left));
    }
  }

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

  /** The key of the policy, when the caller sees it; a missing one is named in the fault. */
  private Key policy(Call call, Snapshot snapshot) {
    References.pathId(policyId);
    if (snapshot.find(Kinds.SCHEDULING_POLICY, policyId).isEmpty()) {
      throw ApiFault.missing(policyId);
    }
    return policies.require(call, snapshot, policyId).key();
  }

  private Entity<SchedulingPolicyUnit> unit(
      Transaction transaction, @Nullable SchedulingPolicyUnit wanted, String part) {
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

  private void requireNew(
      Transaction transaction, Entity<SchedulingPolicy> policy, Entity<SchedulingPolicyUnit> unit) {
    if (transaction.current().find(kind, policy.key(), unit.id()).isPresent()) {
      throw ApiFault.bad(
          "Policy '"
              + policy.value().name()
              + "' already has the unit '"
              + unit.value().name()
              + "'");
    }
  }
}
