package io.overt.engine.policies;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.BalancesService;
import io.overt.model.services.FiltersService;
import io.overt.model.services.SchedulingPoliciesService;
import io.overt.model.services.SchedulingPolicyService;
import io.overt.model.services.WeightsService;
import io.overt.model.types.SchedulingPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code /schedulingpolicies}. */
public final class SchedulingPolicies implements SchedulingPoliciesService {
  private static final int NAME_LIMIT = 128;
  private static final int TEXT_LIMIT = 4000;
  private static final Set<String> READ_ONLY = Set.of("locked", "default_policy");
  private final Platform platform;
  private final Resource<SchedulingPolicy> resource;

  public SchedulingPolicies(Platform platform) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.SCHEDULING_POLICY);
  }

  /** The predefined units and policies. */
  public static void install(Transaction transaction) {
    PredefinedPolicies.install(transaction);
  }

  @Override
  public List<SchedulingPolicy> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<SchedulingPolicy> add(AddRequest request) {
    Call call = request.call();
    SchedulingPolicy value =
        platform
            .body(request.policy())
            .copy()
            .id(platform.newId())
            .locked(false)
            .defaultPolicy(false);
    Entity<SchedulingPolicy> added =
        platform.write(
            transaction -> {
              check(transaction, value, "add");
              Entity<SchedulingPolicy> entity = transaction.insert(Kinds.SCHEDULING_POLICY, value);
              platform.report(transaction, "USER_ADD_CLUSTER_POLICY", call, entity.value());
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  private static void check(Transaction transaction, SchedulingPolicy policy, String operation) {
    String name =
        Names.length(
            Names.required(policy.name(), "SchedulingPolicy", operation),
            "policy.name",
            NAME_LIMIT);
    Names.text(policy.description(), "policy.description", TEXT_LIMIT);
    boolean taken =
        transaction.current().all(Kinds.SCHEDULING_POLICY).stream()
            .filter(other -> !other.id().equals(policy.id()))
            .anyMatch(other -> Objects.equals(other.value().name(), name));
    if (taken) {
      throw ApiFault.bad("There is already a scheduling policy named '" + name + "'");
    }
    PolicyProperties.check(
        transaction.current(),
        Kinds.SCHEDULING_POLICY.key(policy.requireId()),
        policy.properties());
  }

  @Override
  public SchedulingPolicyService policy(String id) {
    return new SchedulingPolicyService() {
      @Override
      public SchedulingPolicy get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<SchedulingPolicy> update(UpdateRequest request) {
        Call call = request.call();
        SchedulingPolicy body = platform.body(request.policy());
        Entity<SchedulingPolicy> updated =
            platform.write(
                transaction -> {
                  Entity<SchedulingPolicy> current =
                      PolicyParts.requireOpen(resource, call, transaction, id);
                  SchedulingPolicy merged = Updates.merge(current.value(), body, READ_ONLY);
                  check(transaction, merged, "update");
                  Entity<SchedulingPolicy> entity = transaction.update(current, merged);
                  platform.report(transaction, "USER_UPDATE_CLUSTER_POLICY", call, entity.value());
                  return entity;
                });
        return Outcome.done(resource.present(call, updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<SchedulingPolicy> current =
                  PolicyParts.requireOpen(resource, call, transaction, id);
              List<String> clusters =
                  transaction.current().referrers(Kinds.CLUSTER, "scheduling_policy", id).stream()
                      .map(cluster -> String.valueOf(cluster.value().name()))
                      .toList();
              if (!clusters.isEmpty()) {
                throw ApiFault.bad(
                    "Scheduling policy '"
                        + current.value().name()
                        + "' is used by the clusters "
                        + clusters);
              }
              transaction.delete(current);
              platform.report(transaction, "USER_REMOVE_CLUSTER_POLICY", call, current.value());
              return id;
            });
        return Outcome.removed();
      }

      @Override
      public FiltersService filters() {
        return new PolicyFilters(platform, resource, id);
      }

      @Override
      public WeightsService weights() {
        return new PolicyWeights(platform, resource, id);
      }

      @Override
      public BalancesService balances() {
        return new PolicyBalances(platform, resource, id);
      }
    };
  }
}
