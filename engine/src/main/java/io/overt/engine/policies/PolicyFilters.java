package io.overt.engine.policies;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.FilterService;
import io.overt.model.services.FiltersService;
import io.overt.model.types.Filter;
import io.overt.model.types.PolicyUnitType;
import io.overt.model.types.SchedulingPolicy;
import java.util.List;
import java.util.Objects;

/** {@code /schedulingpolicies/{id}/filters}: which hosts a VM may run on. */
final class PolicyFilters implements FiltersService {
  private final Platform platform;
  private final PolicyParts<Filter> parts;

  PolicyFilters(Platform platform, Resource<SchedulingPolicy> policies, String policyId) {
    this.platform = platform;
    this.parts =
        new PolicyParts<>(platform, policies, policyId, Kinds.FILTER, PolicyUnitType.FILTER);
  }

  @Override
  public List<Filter> list(ListRequest request) {
    return parts.list(request.call());
  }

  @Override
  public Outcome<Filter> add(AddRequest request) {
    Filter body = platform.body(request.filter());
    return parts.add(
        request.call(),
        "Filter",
        body.schedulingPolicyUnit(),
        (transaction, policy, unit) -> {
          long position = Objects.requireNonNullElse(body.position(), 0L);
          requirePlace(transaction, policy, position);
          return new Filter().id(unit.id()).position(position).schedulingPolicyUnit(unit);
        });
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
        return parts.get(request.call(), id);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        return parts.remove(request.call(), id);
      }
    };
  }
}
