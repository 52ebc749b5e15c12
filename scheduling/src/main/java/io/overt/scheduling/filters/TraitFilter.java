package io.overt.scheduling.filters;

import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Traits;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps the hosts that carry all traits that the machines need. */
final class TraitFilter extends HostFilter {
  private final Function<Machine, Set<String>> needs;
  private final boolean newHostsOnly;
  private final String code;
  private final String lacks;

  /**
   * @param newHostsOnly whether the host on which a machine runs passes anyway
   * @param lacks what the host lacks: {@code "lacks the networks"}
   */
  TraitFilter(
      String id,
      String name,
      Function<Machine, Set<String>> needs,
      boolean newHostsOnly,
      String code,
      String lacks) {
    super(id, name);
    this.needs = needs;
    this.newHostsOnly = newHostsOnly;
    this.code = code;
    this.lacks = lacks;
  }

  @Override
  public boolean concerns(Decision decision) {
    for (Machine machine : decision.machines()) {
      if (!needs.apply(machine).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    Set<String> missing = new TreeSet<>();
    for (int i = 0; i < decision.machines().size(); i++) {
      if (newHostsOnly && decision.hostOf(i) == host) {
        continue;
      }
      for (String trait : needs.apply(decision.machines().get(i))) {
        if (!decision.state().carriers(trait).get(host)) {
          missing.add(Traits.name(trait));
        }
      }
    }
    return missing.isEmpty() ? null : new Objection(code, lacks + " " + join(missing));
  }

  private static String join(Collection<String> names) {
    return names.stream().collect(Collectors.joining(", "));
  }

  @Override
  public void narrow(Decision decision, HostSet candidates) {
    if (newHostsOnly && decision.anyRuns()) {
      super.narrow(decision, candidates);
      return;
    }
    for (Machine machine : decision.machines()) {
      for (String trait : needs.apply(machine)) {
        candidates.and(decision.state().carriers(trait));
      }
    }
  }
}
