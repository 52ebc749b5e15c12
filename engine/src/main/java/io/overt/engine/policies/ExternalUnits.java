package io.overt.engine.policies;

import io.overt.engine.placement.Outside;
import io.overt.engine.resource.Platform;
import io.overt.events.About;
import io.overt.fleet.Membership;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.types.PolicyUnitType;
import io.overt.model.types.Property;
import io.overt.model.types.SchedulingPolicyUnit;
import io.overt.scheduling.external.Discovery;
import io.overt.scheduling.external.ExternalScheduler;
import io.overt.scheduling.external.ExternalUnit;
import io.overt.scheduling.external.UnitProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The units that others wrote, as clients see them: each that is found is there and enabled, each
 * that is missing is not enabled. Each engine node finds its own; what one has is enabled. Name and
 * type make a unit, whose id stays as long as it is not removed.
 */
public final class ExternalUnits {
  private static final Logger LOG = LoggerFactory.getLogger(ExternalUnits.class);

  /** Private attributes of a unit: one for each node that has found it, ending in the node's id. */
  private static final String FOUND_BY = "found_by ";

  private final Platform platform;
  private final Optional<ExternalScheduler> scheduler;
  private final Outside outside;
  private volatile @Nullable Membership membership;

  /**
   * @param scheduler empty when there are to be no such units
   * @param deadline for those that are asked about one machine
   */
  public ExternalUnits(
      Platform platform, Optional<ExternalScheduler> scheduler, Duration deadline) {
    this.platform = platform;
    this.scheduler = scheduler;
    this.outside = new Outside(() -> scheduler, deadline, this::report);
  }

  /** How placement asks them. */
  public Outside outside() {
    return outside;
  }

  /**
   * Begins to look for units; returns at once.
   *
   * @param nodes this engine among those that share the inventory
   */
  public void open(Membership nodes) {
    join(nodes);
    Thread.ofVirtual().name("external-units").start(this::look);
  }

  /** From now on units are found in the name of this node. */
  void join(Membership nodes) {
    membership = nodes;
  }

  private void look() {
    try {
      if (scheduler.isPresent()) {
        scheduler.get().onChange(this::found);
        found(scheduler.get().discover());
      } else if (!stored(platform.snapshot()).isEmpty()) {
        found(new Discovery(true, List.of(), List.of()));
      }
    } catch (RuntimeException e) {
      LOG.warn("cannot look for external scheduling units", e);
    }
  }

  private record Identity(String name, String type) {
    static Identity of(SchedulingPolicyUnit unit) {
      return new Identity(
          Objects.requireNonNullElse(unit.name(), ""),
          unit.type_() == null ? "" : unit.type_().wire());
    }
  }

  /** Makes the inventory say what was found, if it does not yet. */
  void found(Discovery discovery) {
    report(discovery.problems());
    Map<Identity, ExternalUnit> units = new HashMap<>();
    for (ExternalUnit unit : discovery.units()) {
      if (unit.problem().isEmpty()) {
        units.put(new Identity(unit.name(), unit.kind().text()), unit);
      } else {
        report(List.of(new UnitProblem(unit.name(), unit.problem().get(), IGNORED)));
      }
    }
    Finders finders = finders();
    if (write(platform.snapshot(), null, units, finders) > 0) {
      platform.inventory().writeRetrying(tx -> write(tx.snapshot(), tx, units, finders));
      LOG.info("external scheduling units: {}", units.keySet());
    }
  }

  /**
   * Who says what there is.
   *
   * @param self this node
   * @param gone whether a node is no longer there
   */
  private record Finders(String self, Predicate<String> gone) {
    /** What a unit's private attributes are when this node has it, or has not. */
    Map<String, String> mark(Map<String, String> before, boolean found) {
      Map<String, String> marks = new HashMap<>(before);
      marks
          .keySet()
          .removeIf(key -> key.startsWith(FOUND_BY) && gone.test(key.substring(FOUND_BY.length())));
      if (found) {
        marks.put(FOUND_BY + self, "true");
      } else {
        marks.remove(FOUND_BY + self);
      }
      return marks;
    }
  }

  private Finders finders() {
    Membership nodes = membership;
    if (nodes == null) {
      return new Finders("", node -> false);
    }
    try {
      Set<String> alive = nodes.alive();
      return new Finders(nodes.id(), node -> !node.equals(nodes.id()) && !alive.contains(node));
    } catch (RuntimeException e) {
      LOG.debug("which engines are there is not known", e);
      return new Finders(nodes.id(), node -> false);
    }
  }

  private static boolean found(Map<String, String> marks) {
    return marks.keySet().stream().anyMatch(key -> key.startsWith(FOUND_BY));
  }

  private static final UnitProblem.Effect IGNORED = UnitProblem.Effect.IGNORED;

  private static List<Entity<SchedulingPolicyUnit>> stored(Snapshot snapshot) {
    return snapshot.all(Kinds.SCHEDULING_POLICY_UNIT).stream()
        .filter(unit -> Boolean.FALSE.equals(unit.value().internal()))
        .toList();
  }

  /**
   * @param transaction null to count only
   * @return how many units differ
   */
  private int write(
      Snapshot snapshot,
      @Nullable Transaction transaction,
      Map<Identity, ExternalUnit> units,
      Finders finders) {
    Map<Identity, ExternalUnit> missing = new HashMap<>(units);
    int changes = 0;
    for (Entity<SchedulingPolicyUnit> unit : stored(snapshot)) {
      ExternalUnit found = missing.remove(Identity.of(unit.value()));
      SchedulingPolicyUnit now = unit.value().copy();
      Map<String, String> marks = finders.mark(unit.internals(), found != null);
      if (found == null) {
        now.enabled(found(marks));
      } else {
        describe(now, found);
      }
      if (!now.equals(unit.value()) || !marks.equals(unit.internals())) {
        changes++;
        if (transaction != null) {
          transaction.update(unit, now, marks);
        }
      }
    }
    for (Map.Entry<Identity, ExternalUnit> unit : missing.entrySet()) {
      changes++;
      if (transaction != null) {
        SchedulingPolicyUnit made =
            new SchedulingPolicyUnit()
                .id(platform.newId())
                .name(unit.getKey().name())
                .internal(false)
                .type_(type(unit.getValue().kind()));
        transaction.insert(
            Kinds.SCHEDULING_POLICY_UNIT,
            describe(made, unit.getValue()),
            null,
            finders.mark(Map.of(), true));
      }
    }
    return changes;
  }

  private static SchedulingPolicyUnit describe(SchedulingPolicyUnit unit, ExternalUnit found) {
    List<Property> properties = new ArrayList<>();
    found.properties().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .forEach(
            property ->
                properties.add(new Property().name(property.getKey()).value(property.getValue())));
    return unit.description(found.description()).enabled(true).properties(properties);
  }

  private static PolicyUnitType type(ExternalUnit.Kind kind) {
    return switch (kind) {
      case FILTER -> PolicyUnitType.FILTER;
      case WEIGHT -> PolicyUnitType.WEIGHT;
      case LOAD_BALANCING -> PolicyUnitType.LOAD_BALANCING;
    };
  }

  /** Events of what went wrong; whoever asked the units does not wait for them. */
  public void report(List<UnitProblem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    problems.forEach(problem -> LOG.warn("{}: {}", problem.unit(), problem.message()));
    Thread.ofVirtual()
        .name("unit-problems")
        .start(
            () ->
                platform
                    .inventory()
                    .writeRetrying(
                        transaction -> {
                          problems.forEach(problem -> report(transaction, problem));
                          return problems.size();
                        }));
  }

  private void report(Transaction transaction, UnitProblem problem) {
    String type =
        problem.effect() == UnitProblem.Effect.UNREACHABLE
            ? "FAILED_TO_CONNECT_TO_SCHEDULER_PROXY"
            : problem.unit() == null
                ? "EXTERNAL_SCHEDULER_ERROR"
                : "EXTERNAL_SCHEDULER_PLUGIN_ERROR";
    platform
        .events()
        .append(
            transaction,
            type,
            About.nothing()
                .with("PluginName", problem.unit())
                .with("ErrorMessage", problem.message()));
  }
}
