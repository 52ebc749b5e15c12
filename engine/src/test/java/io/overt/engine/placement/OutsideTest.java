package io.overt.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.engine.TestEngine;
import io.overt.fleet.Reports;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Filter;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.PolicyUnitType;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import io.overt.model.types.Vm;
import io.overt.model.types.Weight;
import io.overt.scheduling.Explanation;
import io.overt.scheduling.Placement;
import io.overt.scheduling.Request;
import io.overt.scheduling.external.BalanceAnswer;
import io.overt.scheduling.external.Discovery;
import io.overt.scheduling.external.ExternalScheduler;
import io.overt.scheduling.external.FilterAnswer;
import io.overt.scheduling.external.ScoreAnswer;
import io.overt.scheduling.external.UnitCall;
import io.overt.scheduling.external.UnitProblem;
import io.overt.scheduling.unit.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A policy with a filter and a weight that others wrote. */
@Timeout(60)
class OutsideTest {
  private static final String CLUSTER = UUID.randomUUID().toString();
  private static final List<String> HOSTS =
      List.of(
          "00000000-0000-0000-0000-000000000001",
          "00000000-0000-0000-0000-000000000002",
          "00000000-0000-0000-0000-000000000003");
  private static TestEngine engine;
  private final Units units = new Units();
  private final List<UnitProblem> problems = new ArrayList<>();
  private final Placements placements =
      new Placements(
          engine::inventory,
          Reports::new,
          engine.platform().clock(),
          Settings.DEFAULT,
          new Outside(() -> Optional.of(units), Duration.ofSeconds(1), problems::addAll));

  /** Answers what a test says, and does something meanwhile. */
  private static final class Units implements ExternalScheduler {
    Set<String> accepted = Set.copyOf(HOSTS);
    Map<String, Integer> scores = new HashMap<>();
    Runnable meanwhile = () -> {};
    final List<UnitCall> calls = new ArrayList<>();

    @Override
    public Discovery discover() {
      return new Discovery(true, List.of(), List.of());
    }

    @Override
    public void onChange(Consumer<Discovery> listener) {}

    @Override
    public FilterAnswer filter(List<String> names, UnitCall call) {
      calls.add(call);
      meanwhile.run();
      return new FilterAnswer(
          List.of(new FilterAnswer.Accepted(names.getFirst(), accepted)),
          List.of(new UnitProblem("choosy", "is old", UnitProblem.Effect.USED)),
          Duration.ZERO);
    }

    @Override
    public ScoreAnswer score(List<WeightedUnit> weights, UnitCall call) {
      calls.add(call);
      return new ScoreAnswer(
          List.of(new ScoreAnswer.Scores(weights.getFirst().name(), scores)),
          List.of(),
          Duration.ZERO);
    }

    @Override
    public BalanceAnswer balance(String unit, UnitCall call) {
      return new BalanceAnswer(Optional.empty(), List.of(), Duration.ZERO);
    }

    @Override
    public void close() {}
  }

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
    engine
        .inventory()
        .change(
            transaction -> {
              SchedulingPolicy policy =
                  new SchedulingPolicy().id(UUID.randomUUID().toString()).name("outside");
              Key key = transaction.insert(Kinds.SCHEDULING_POLICY, policy).key();
              for (PolicyUnitType type : List.of(PolicyUnitType.FILTER, PolicyUnitType.WEIGHT)) {
                SchedulingPolicyUnit unit =
                    new SchedulingPolicyUnit()
                        .id(UUID.randomUUID().toString())
                        .name("choosy")
                        .type_(type)
                        .internal(false)
                        .enabled(true);
                transaction.insert(Kinds.SCHEDULING_POLICY_UNIT, unit);
                SchedulingPolicyUnit use = new SchedulingPolicyUnit().id(unit.requireId());
                if (type == PolicyUnitType.FILTER) {
                  transaction.insert(
                      Kinds.FILTER,
                      new Filter().id(unit.id()).position(0L).schedulingPolicyUnit(use),
                      key);
                } else {
                  transaction.insert(
                      Kinds.WEIGHT,
                      new Weight().id(unit.id()).factor(3L).schedulingPolicyUnit(use),
                      key);
                }
              }
              transaction.insert(
                  Kinds.CLUSTER,
                  new Cluster().id(CLUSTER).name("outside").schedulingPolicy(policy));
              for (String host : HOSTS) {
                transaction.insert(
                    Kinds.HOST,
                    new Host()
                        .id(host)
                        .name("host-" + host.charAt(35))
                        .status(HostStatus.UP)
                        .memory(10L << 30)
                        .cpu(
                            new Cpu().topology(new CpuTopology().sockets(1L).cores(4L).threads(1L)))
                        .cluster(new Cluster().id(CLUSTER)));
              }
            });
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static Request request() {
    String id = UUID.randomUUID().toString();
    Entity<Vm> vm =
        new Entity<>(Kinds.VM, new Vm().id(id).name("vm").memory(1L << 30), null, Map.of(), 0);
    return Request.of(
        new MachineReader(engine.inventory().snapshot(), KnownHosts.NONE)
            .read(vm, null, MachineReader.Connections.NONE),
        engine.platform().clock().millis());
  }

  private Placement place(Request request) {
    Snapshot snapshot = engine.inventory().snapshot();
    return placements.claiming(claims -> claims.place(snapshot, CLUSTER, request));
  }

  @Test
  void theyRemoveHostsAndScoreTheRest() {
    units.accepted = Set.of(HOSTS.get(1), HOSTS.get(2));
    units.scores = Map.of(HOSTS.get(1), 50, HOSTS.get(2), 7);
    Request request = request();
    assertThat(place(request)).isEqualTo(new Placement.Chosen(HOSTS.get(2), "host-3", 2));
    assertThat(units.calls).hasSize(2);
    assertThat(units.calls.getFirst().hosts()).containsExactlyElementsOf(HOSTS);
    assertThat(units.calls.getLast().hosts()).containsExactly(HOSTS.get(1), HOSTS.get(2));
    assertThat(units.calls.getFirst().vm()).isEqualTo(request.machines().getFirst().id());
    assertThat(problems).extracting(UnitProblem::message).containsExactly("is old");
  }

  private Placement find(Request request) {
    return placements.find(engine.inventory().snapshot(), CLUSTER, request);
  }

  @Test
  void aCheckAndThePlacementAfterItAskThemOnce() {
    units.accepted = Set.of(HOSTS.get(1));
    Request request = request();
    assertThat(find(request)).isInstanceOf(Placement.Chosen.class);
    assertThat(units.calls).hasSize(2);
    assertThat(place(request)).isEqualTo(new Placement.Chosen(HOSTS.get(1), "host-2", 1));
    assertThat(units.calls).hasSize(2);
    assertThat(problems).hasSize(1);
    place(request);
    assertThat(units.calls).as("an answer is used once").hasSize(4);
  }

  @Test
  void whatTheySaidBeforeAnotherMachineWasPlacedIsAskedAgain() {
    Request request = request();
    find(request);
    place(request());
    units.calls.clear();
    units.accepted = Set.of(HOSTS.get(2));
    assertThat(place(request))
        .isInstanceOfSatisfying(
            Placement.Chosen.class, chosen -> assertThat(chosen.hostId()).isEqualTo(HOSTS.get(2)));
    assertThat(units.calls).hasSize(2);

    Request meanwhile = request();
    units.meanwhile =
        () -> {
          units.meanwhile = () -> {};
          place(request());
        };
    find(meanwhile);
    units.calls.clear();
    place(meanwhile);
    assertThat(units.calls).hasSize(2);
  }

  @Test
  void aRefusalNamesThem() {
    units.accepted = Set.of();
    assertThat(place(request()))
        .isInstanceOfSatisfying(
            Placement.Refused.class,
            refused -> {
              assertThat(refused.explanation()).contains("choosy removed 3 hosts");
              assertThat(refused.rejections())
                  .allSatisfy(rejection -> assertThat(rejection.external()).isTrue());
            });
  }

  @Test
  void whatChangesWhileTheyThinkIsSeen() {
    units.scores = Map.of(HOSTS.get(0), 0, HOSTS.get(1), 1, HOSTS.get(2), 2);
    units.meanwhile = () -> set(HOSTS.get(0), HostStatus.MAINTENANCE);
    try {
      assertThat(place(request()))
          .isInstanceOfSatisfying(
              Placement.Chosen.class,
              chosen -> assertThat(chosen.hostId()).isEqualTo(HOSTS.get(1)));
    } finally {
      set(HOSTS.get(0), HostStatus.UP);
    }
  }

  private static void set(String host, HostStatus status) {
    engine
        .inventory()
        .change(
            transaction -> {
              Entity<Host> now = transaction.find(Kinds.HOST, host).orElseThrow();
              transaction.update(now, now.value().copy().status(status));
            });
  }

  @Test
  void thePlacementIsExplainedAndRemembered() {
    units.accepted = Set.of(HOSTS.get(0), HOSTS.get(2));
    units.scores = Map.of(HOSTS.get(0), 9, HOSTS.get(2), 1);
    Request request = request();
    Explanation explanation = placements.explain(engine.inventory().snapshot(), CLUSTER, request);
    assertThat(explanation.chosen()).isEqualTo(HOSTS.get(2));
    assertThat(explanation.hosts())
        .extracting(Explanation.HostVerdict::hostId)
        .containsExactly(HOSTS.get(2), HOSTS.get(0), HOSTS.get(1));
    assertThat(explanation.hosts().getFirst().weights())
        .anySatisfy(
            weight -> {
              assertThat(weight.unit()).isEqualTo("choosy");
              assertThat(weight.factor()).isEqualTo(3);
              assertThat(weight.rank()).isEqualTo(1);
            });
    assertThat(explanation.hosts().getLast().filters())
        .extracting(Explanation.FilterVerdict::unit, Explanation.FilterVerdict::external)
        .containsExactly(org.assertj.core.api.Assertions.tuple("choosy", true));
    String id = request.machines().getFirst().id();
    assertThat(placements.last(id)).isEmpty();
    place(request);
    assertThat(placements.last(id))
        .hasValueSatisfying(placed -> assertThat(placed.explanation()).isEqualTo(explanation));
  }
}
