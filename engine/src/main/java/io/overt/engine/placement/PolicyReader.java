package io.overt.engine.placement;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Balance;
import io.overt.model.types.Cluster;
import io.overt.model.types.Filter;
import io.overt.model.types.Property;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import io.overt.model.types.Weight;
import io.overt.scheduling.Catalogue;
import io.overt.scheduling.Policies;
import io.overt.scheduling.Policy;
import io.overt.scheduling.Profile;
import io.overt.scheduling.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The policy of a cluster, with the cluster's own values of its properties. */
public final class PolicyReader {
  /** Private attribute of a policy: the id of its selector, if it is not its profile's. */
  public static final String SELECTOR = "selector";

  /** Private attribute of a policy: the {@link Profile} that its units follow. */
  public static final String PROFILE = "profile";

  /** Private attribute of a policy: the {@link BalancedBy} that evens out its clusters. */
  public static final String BALANCING = "balancing";

  private PolicyReader() {}

  public static BalancedBy balancedBy(Entity<SchedulingPolicy> policy) {
    String name = policy.internal(BALANCING);
    return name == null ? BalancedBy.RULES : BalancedBy.valueOf(name);
  }

  public static Profile profile(Entity<SchedulingPolicy> policy) {
    String name = policy.internal(PROFILE);
    return name == null ? Profile.CURRENT : Profile.valueOf(name);
  }

  public static Selector selector(Entity<SchedulingPolicy> policy) {
    return Optional.ofNullable(policy.internal(SELECTOR))
        .flatMap(Selector::of)
        .orElseGet(() -> profile(policy).selector());
  }

  /** A unit that a policy names, as far as it is usable. */
  private record Unit(String id, String name, boolean external) {}

  public static Policy read(Snapshot snapshot, Cluster cluster) {
    String id = cluster.schedulingPolicy() == null ? null : cluster.schedulingPolicy().id();
    return Optional.ofNullable(id)
        .flatMap(policy -> snapshot.find(Kinds.SCHEDULING_POLICY, policy))
        .map(policy -> read(snapshot, policy, properties(cluster, policy.value())))
        .orElseGet(
            () ->
                Catalogue.policy(Catalogue.DEFAULT_POLICY, properties(cluster, null))
                    .orElseThrow());
  }

  private static Policy read(
      Snapshot snapshot, Entity<SchedulingPolicy> policy, Map<String, String> properties) {
    List<Policies.FilterUse> filters = new ArrayList<>();
    for (Entity<Filter> filter : snapshot.owned(Kinds.FILTER, policy.key())) {
      unit(snapshot, filter.id())
          .ifPresent(
              unit ->
                  filters.add(
                      new Policies.FilterUse(
                          unit.id(),
                          unit.name(),
                          number(filter.value().position(), 0),
                          unit.external())));
    }
    List<Policies.WeightUse> weights = new ArrayList<>();
    for (Entity<Weight> weight : snapshot.owned(Kinds.WEIGHT, policy.key())) {
      unit(snapshot, weight.id())
          .ifPresent(
              unit ->
                  weights.add(
                      new Policies.WeightUse(
                          unit.id(),
                          unit.name(),
                          number(weight.value().factor(), 1),
                          unit.external())));
    }
    Policy.Balancing balancing =
        snapshot.owned(Kinds.BALANCE, policy.key()).stream()
            .findFirst()
            .map(Entity<Balance>::id)
            .flatMap(id -> unit(snapshot, id))
            .map(unit -> new Policy.Balancing(unit.id(), unit.name(), unit.external()))
            .orElse(Policies.NO_BALANCING);
    return Policies.make(
        profile(policy),
        Objects.requireNonNullElse(policy.value().name(), policy.id()),
        filters,
        weights,
        balancing,
        selector(policy),
        properties);
  }

  /** A unit that is switched off decides nothing. */
  private static Optional<Unit> unit(Snapshot snapshot, String id) {
    return snapshot
        .find(Kinds.SCHEDULING_POLICY_UNIT, id)
        .map(Entity::value)
        .filter(unit -> !Boolean.FALSE.equals(unit.enabled()))
        .map(PolicyReader::unit);
  }

  private static Unit unit(SchedulingPolicyUnit unit) {
    return new Unit(
        unit.requireId(),
        Objects.requireNonNullElse(unit.name(), ""),
        Boolean.FALSE.equals(unit.internal()));
  }

  private static int number(@Nullable Long value, int otherwise) {
    return value == null ? otherwise : Math.toIntExact(value);
  }

  private static Map<String, String> properties(
      Cluster cluster, @Nullable SchedulingPolicy policy) {
    Map<String, String> values = new LinkedHashMap<>();
    if (policy != null) {
      put(values, policy.properties());
    }
    put(values, cluster.customSchedulingPolicyProperties());
    return values;
  }

  private static void put(Map<String, String> values, @Nullable List<Property> properties) {
    if (properties != null) {
      for (Property property : properties) {
        if (property.name() != null && property.value() != null) {
          values.put(property.name(), property.value());
        }
      }
    }
  }
}
