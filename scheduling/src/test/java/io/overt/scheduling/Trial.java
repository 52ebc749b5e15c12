package io.overt.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.filters.Filters;
import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.HostWeight;
import io.overt.scheduling.unit.Objection;
import io.overt.scheduling.unit.PolicyProperties;
import io.overt.scheduling.unit.Settings;
import io.overt.scheduling.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One unit of a policy, asked about the hosts of a small cluster. */
public final class Trial {
  /** Milliseconds since 1970. */
  public static final long NOW = 1_700_000_000_000L;

  private final ClusterState state;
  private Map<String, String> properties = Map.of();
  private Settings settings = Settings.DEFAULT;
  private boolean ignoreAffinity;

  public Trial(ClusterRules rules, HostFacts... hosts) {
    state = new ClusterState(rules);
    for (HostFacts host : hosts) {
      state.put(host);
    }
  }

  public Trial(HostFacts... hosts) {
    this(ClusterRules.PLAIN, hosts);
  }

  public ClusterState state() {
    return state;
  }

  public Trial with(String property, String value) {
    properties = Map.of(property, value);
    return this;
  }

  public Trial with(Map<String, String> values) {
    properties = values;
    return this;
  }

  public Trial settings(Settings value) {
    settings = value;
    return this;
  }

  public Trial ignoringAffinity() {
    ignoreAffinity = true;
    return this;
  }

  /** The machine runs there. */
  public Trial running(String host, Machine... machines) {
    for (Machine machine : machines) {
      state.run(machine, host);
    }
    return this;
  }

  /** The machine was given that host, and has not arrived. */
  public Trial pending(String host, Machine... machines) {
    for (Machine machine : machines) {
      state.reserve(machine, state.index(host));
    }
    return this;
  }

  public Trial groups(AffinityGroup... groups) {
    state.affinity(List.of(groups));
    return this;
  }

  private Decision decision(Machine... machines) {
    List<Machine> now = new ArrayList<>();
    for (Machine machine : machines) {
      ClusterState.Resident running = state.running(machine.id());
      now.add(running == null ? machine : running.machine());
    }
    return new Decision(
        state, now, new PolicyProperties(properties), settings, NOW, ignoreAffinity);
  }

  private static String id(String type, String name) {
    return Catalogue.units().stream()
        .filter(unit -> unit.type().equals(type) && unit.name().equals(name))
        .map(Catalogue.Unit::id)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " " + name));
  }

  private static HostFilter filter(String name) {
    return Filters.MANDATORY.stream()
        .filter(filter -> filter.name().equals(name))
        .findFirst()
        .or(() -> Filters.find(id("filter", name)))
        .orElseThrow();
  }

  /**
   * Ids of the hosts that a filter keeps for machines on one host; the quick way and the slow one
   * must agree.
   */
  public String kept(String filterName, Machine... machines) {
    HostFilter filter = filter(filterName);
    Decision decision = decision(machines);
    HostSet quick = state.up().copy();
    if (filter.concerns(decision)) {
      filter.narrow(decision, quick);
    }
    List<String> quickIds = new ArrayList<>();
    List<String> slowIds = new ArrayList<>();
    for (int host : state.up().stream().toArray()) {
      if (quick.get(host)) {
        quickIds.add(state.facts(host).id());
      }
      if (!filter.concerns(decision) || filter.objection(decision, host) == null) {
        slowIds.add(state.facts(host).id());
      }
    }
    assertThat(slowIds).as("hosts to which %s does not object", filterName).isEqualTo(quickIds);
    return Stream.of(quickIds).flatMap(List::stream).reduce("", String::concat);
  }

  /** Why a filter removes a host. */
  public Objection why(String filterName, String host, Machine... machines) {
    Objection objection = filter(filterName).objection(decision(machines), state.index(host));
    assertThat(objection).as("%s's objection to %s", filterName, host).isNotNull();
    return objection;
  }

  /** What a weight scores each host, in the order in which the hosts were given. */
  public List<Integer> scores(String weightName, Machine... machines) {
    HostWeight weight = Weights.find(id("weight", weightName)).orElseThrow();
    Decision decision = decision(machines);
    int size = state.up().cardinality();
    int[] hosts = new int[size];
    state.up().members(hosts);
    int constant = weight.constant(decision);
    if (constant >= 0) {
      return Stream.generate(() -> constant).limit(size).toList();
    }
    Policy policy =
        Policies.make(
            "trial",
            List.of(),
            List.of(new Policies.WeightUse(weight.id(), weightName, 1, false)),
            Policies.NO_BALANCING,
            Selector.RANK,
            properties);
    Ranking.Column column =
        new Ranking(state).columns(decision, policy, state.up(), List.of()).getFirst();
    List<Integer> scores = new ArrayList<>();
    for (int host : hosts) {
      scores.add(column.ranks().get(host).score());
    }
    return scores;
  }
}
