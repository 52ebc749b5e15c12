package io.overt.scheduling;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import io.overt.scheduling.unit.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Chooses hosts in one cluster: every filter and weight of the policy over every host, nothing
 * sampled. The choice depends on the hosts and on what was chosen before, never on the order in
 * which hosts became known. Belongs to the thread that owns the state.
 */
public final class Scheduler {
  private final ClusterState state;
  private final Settings settings;
  private final Ranking ranking;
  private final HostSet candidates = new HostSet();

  public Scheduler(ClusterState state, Settings settings) {
    this.state = state;
    this.settings = settings;
    this.ranking = new Ranking(state);
  }

  public ClusterState state() {
    return state;
  }

  /** Chooses a host; nothing is reserved. */
  public Placement find(Policy policy, Request request) {
    Decision decision = decision(policy, request);
    narrow(policy, request, decision);
    if (candidates.isEmpty()) {
      return new Placement.Refused(rejections(policy, request, decision));
    }
    int passed = candidates.cardinality();
    preferDestinations(request);
    int host;
    if (candidates.cardinality() == 1) {
      host = candidates.nextSetBit(0);
    } else {
      ranking.rank(decision, policy, candidates, request.external());
      host = ranking.best();
    }
    return new Placement.Chosen(state.facts(host).id(), state.facts(host).name(), passed);
  }

  /** Chooses a host and reserves what the machines need there. */
  public Placement place(Policy policy, Request request) {
    Placement placement = find(policy, request);
    if (placement instanceof Placement.Chosen chosen) {
      int host = state.index(chosen.hostId());
      request.machines().forEach(machine -> state.reserve(machine, host));
    }
    return placement;
  }

  /**
   * Chooses and reserves for each of several machines, in their order, each on its own: the same
   * hosts as {@link #place} one by one. Machines that ask for the same and stand together in the
   * list cost a fraction of what others do.
   *
   * @param request what they have in common; its machines are not looked at
   */
  public List<Placement> placeEach(Policy policy, List<Machine> machines, Request request) {
    List<Placement> placements = new ArrayList<>(machines.size());
    int next = 0;
    while (next < machines.size()) {
      int end = next + 1;
      while (end < machines.size() && together(machines.get(next), machines.get(end))) {
        end++;
      }
      next =
          end - next == 1
              ? single(policy, machines, next, request, placements)
              : equal(policy, machines, next, end, request, placements);
    }
    return placements;
  }

  private boolean together(Machine one, Machine other) {
    return EqualMachines.equal(one, other)
        && state.affinity().of(one.id()).isEmpty()
        && state.affinity().of(other.id()).isEmpty();
  }

  private int single(
      Policy policy, List<Machine> machines, int at, Request request, List<Placement> placements) {
    placements.add(place(policy, request.placing(machines.get(at))));
    return at + 1;
  }

  /** Returns the index of the next machine to place. */
  private int equal(
      Policy policy,
      List<Machine> machines,
      int from,
      int end,
      Request request,
      List<Placement> placements) {
    Request first = request.placing(machines.get(from));
    Decision decision = decision(policy, first);
    narrow(policy, first, decision);
    preferDestinations(first);
    EqualMachines equal = EqualMachines.of(state, policy, decision, candidates);
    int next = from;
    boolean good = equal != null && request.destinations().isEmpty();
    while (good && next < end) {
      int host = Objects.requireNonNull(equal).best();
      if (host < 0) {
        break;
      }
      placements.add(
          new Placement.Chosen(
              state.facts(host).id(), state.facts(host).name(), equal.candidates()));
      state.reserve(machines.get(next++), host);
      good = equal.taken(host);
    }
    return next == end ? end : single(policy, machines, next, request, placements);
  }

  /** Ids of the hosts that pass all filters: what an external scheduler is asked about. */
  public List<String> survivors(Policy policy, Request request) {
    narrow(policy, request, decision(policy, request));
    List<String> ids = new ArrayList<>();
    for (int host = candidates.nextSetBit(0); host >= 0; host = candidates.nextSetBit(host + 1)) {
      ids.add(state.facts(host).id());
    }
    ids.sort(null);
    return ids;
  }

  /** What every unit says of every host. */
  public Explanation explain(Policy policy, Request request) {
    Decision decision = decision(policy, request);
    narrow(policy, request, decision);
    HostSet passed = candidates.copy();
    List<Explanation.HostVerdict> verdicts = new ArrayList<>();
    if (!passed.isEmpty()) {
      preferDestinations(request);
      Map<Integer, List<Explanation.WeightVerdict>> scores =
          scores(ranking.columns(decision, policy, candidates, request.external()));
      ranking.rank(decision, policy, candidates, request.external());
      int place = 0;
      for (int host : ranking.order()) {
        List<Explanation.WeightVerdict> weights = scores.getOrDefault(host, List.of());
        verdicts.add(
            new Explanation.HostVerdict(
                state.facts(host).id(),
                state.facts(host).name(),
                ++place,
                total(policy.selector(), weights),
                List.of(),
                weights));
      }
      passed.andNot(candidates);
      for (int host = passed.nextSetBit(0); host >= 0; host = passed.nextSetBit(host + 1)) {
        verdicts.add(verdict(host, List.of(NOT_A_DESTINATION)));
      }
    }
    String chosen = verdicts.isEmpty() ? null : verdicts.getFirst().hostId();
    verdicts.addAll(removed(policy, request, decision));
    return new Explanation(
        policy.name(), policy.selector().unitName(), chosen, List.copyOf(verdicts));
  }

  private static final Explanation.FilterVerdict NOT_A_DESTINATION =
      new Explanation.FilterVerdict(
          "Destination",
          false,
          new Objection("VAR__DETAIL__NOT_A_DESTINATION", "is not one of the wanted hosts"));

  private static long total(Selector selector, List<Explanation.WeightVerdict> weights) {
    long total = 0;
    for (Explanation.WeightVerdict weight : weights) {
      total +=
          (long) weight.factor() * (selector == Selector.RANK ? weight.rank() : weight.score());
    }
    return total;
  }

  private static Map<Integer, List<Explanation.WeightVerdict>> scores(
      List<Ranking.Column> columns) {
    Map<Integer, List<Explanation.WeightVerdict>> scores = new HashMap<>();
    for (Ranking.Column column : columns) {
      column
          .ranks()
          .forEach(
              (host, rank) ->
                  scores
                      .computeIfAbsent(host, index -> new ArrayList<>())
                      .add(
                          new Explanation.WeightVerdict(
                              column.unit(), column.factor(), rank.score(), rank.rank())));
    }
    return scores;
  }

  private Decision decision(Policy policy, Request request) {
    return new Decision(
        state,
        request.machines(),
        policy.properties(),
        settings,
        request.now(),
        request.ignoreHardMachineAffinity());
  }

  private void narrow(Policy policy, Request request, Decision decision) {
    start(request, candidates);
    for (HostFilter filter : policy.filters()) {
      if (filter.concerns(decision)) {
        filter.narrow(decision, candidates);
      }
      if (candidates.isEmpty()) {
        return;
      }
    }
  }

  /** The hosts that are up and not left out by the request. */
  private void start(Request request, HostSet hosts) {
    if (request.only() == null) {
      hosts.become(state.up());
    } else {
      hosts.clear();
      for (String id : request.only()) {
        int host = state.index(id);
        if (host >= 0 && state.up().get(host)) {
          hosts.set(host);
        }
      }
    }
    for (String id : request.excluded()) {
      int host = state.index(id);
      if (host >= 0) {
        hosts.clear(host);
      }
    }
  }

  private void preferDestinations(Request request) {
    if (request.destinations().isEmpty()) {
      return;
    }
    HostSet wanted = new HostSet(state.size());
    for (String id : request.destinations()) {
      int host = state.index(id);
      if (host >= 0 && candidates.get(host)) {
        wanted.set(host);
      }
    }
    if (!wanted.isEmpty()) {
      candidates.and(wanted);
    }
  }

  private static final Objection NOT_UP = new Objection("VAR__DETAIL__HOST_NOT_UP", "is not up");
  private static final Objection EXCLUDED =
      new Objection("VAR__DETAIL__HOST_EXCLUDED", "has failed already, or is the machine's own");

  private Placement.Rejection rejection(int host, String filter, Objection objection) {
    return new Placement.Rejection(
        state.facts(host).id(), state.facts(host).name(), filter, false, objection);
  }

  /** The first objection to each host. */
  private List<Placement.Rejection> rejections(Policy policy, Request request, Decision decision) {
    List<Placement.Rejection> rejections = new ArrayList<>();
    HostSet hosts = new HostSet();
    start(request, hosts);
    for (int host : sorted(state.all())) {
      if (!state.up().get(host)) {
        rejections.add(rejection(host, "Status", NOT_UP));
      } else if (request.excluded().contains(state.facts(host).id())) {
        rejections.add(rejection(host, "Excluded", EXCLUDED));
      }
    }
    for (HostFilter filter : policy.filters()) {
      if (!filter.concerns(decision)) {
        continue;
      }
      for (int host : sorted(hosts)) {
        Objection objection = filter.objection(decision, host);
        if (objection != null) {
          hosts.clear(host);
          rejections.add(rejection(host, filter.name(), objection));
        }
      }
    }
    return List.copyOf(rejections);
  }

  /** Everything that filters object to hosts which one of them removes. */
  private List<Explanation.HostVerdict> removed(Policy policy, Request request, Decision decision) {
    List<Explanation.HostVerdict> verdicts = new ArrayList<>();
    HostSet hosts = new HostSet();
    start(request, hosts);
    for (int host : sorted(hosts)) {
      List<Explanation.FilterVerdict> objections = new ArrayList<>();
      for (HostFilter filter : policy.filters()) {
        Objection objection = filter.concerns(decision) ? filter.objection(decision, host) : null;
        if (objection != null) {
          objections.add(new Explanation.FilterVerdict(filter.name(), false, objection));
        }
      }
      if (!objections.isEmpty()) {
        verdicts.add(verdict(host, objections));
      }
    }
    return verdicts;
  }

  private Explanation.HostVerdict verdict(int host, List<Explanation.FilterVerdict> objections) {
    return new Explanation.HostVerdict(
        state.facts(host).id(), state.facts(host).name(), 0, 0, List.copyOf(objections), List.of());
  }

  private List<Integer> sorted(HostSet hosts) {
    List<Integer> indexes = new ArrayList<>();
    for (int host = hosts.nextSetBit(0); host >= 0; host = hosts.nextSetBit(host + 1)) {
      indexes.add(host);
    }
    indexes.sort((a, b) -> Integer.compare(state.order(a), state.order(b)));
    return indexes;
  }
}
