package io.overt.scheduling.filters;

import io.overt.scheduling.state.Affinity;
import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/** Enforced rules between machines and hosts: on one of the group's hosts, or on none of them. */
final class HostAffinityFilter extends HostFilter {
  HostAffinityFilter() {
    super("e69808a9-8a41-40f1-94ba-dd5d385d82d8", "VmToHostsAffinityGroups");
  }

  @Override
  public boolean concerns(Decision decision) {
    for (Machine machine : decision.machines()) {
      for (Affinity.Bound bound : decision.state().affinity().of(machine.id())) {
        if (enforced(bound.group())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean enforced(AffinityGroup group) {
    return group.hostRule().enabled() && group.hostRule().enforcing();
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    String id = decision.state().facts(host).id();
    for (Machine machine : decision.machines()) {
      for (Affinity.Bound bound : decision.state().affinity().of(machine.id())) {
        AffinityGroup group = bound.group();
        if (enforced(group) && group.hostRule().positive() != group.hosts().contains(id)) {
          return group.hostRule().positive()
              ? new Objection(
                  "VAR__DETAIL__AFFINITY_FAILED_POSITIVE",
                  "is not among the hosts of the affinity group %s".formatted(group.name()))
              : new Objection(
                  "VAR__DETAIL__AFFINITY_FAILED_NEGATIVE",
                  "is among the hosts of the negative affinity group %s".formatted(group.name()));
        }
      }
    }
    return null;
  }

  @Override
  public void narrow(Decision decision, HostSet candidates) {
    for (Machine machine : decision.machines()) {
      for (Affinity.Bound bound : decision.state().affinity().of(machine.id())) {
        AffinityGroup group = bound.group();
        if (enforced(group)) {
          HostSet hosts = decision.state().hosts(group);
          if (group.hostRule().positive()) {
            candidates.and(hosts);
          } else {
            candidates.andNot(hosts);
          }
        }
      }
    }
  }
}
