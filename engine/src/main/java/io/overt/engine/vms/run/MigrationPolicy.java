package io.overt.engine.vms.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the named ways to move machines (oVirt's setting {@code MigrationPolicies}).
 *
 * @param atATime machines that a host sends, and machines that it receives
 * @param stalling downtimes in milliseconds, each with the number of passes that it is for
 * @param last what is done when they did not help
 */
record MigrationPolicy(
    String id,
    String name,
    int atATime,
    boolean autoConverge,
    boolean compressed,
    List<Step> stalling,
    List<Measure> last) {

  /** Nothing is scheduled: the options of machine and cluster alone say how. */
  static final String LEGACY = "00000000-0000-0000-0000-000000000000";

  private static final String POST_COPY = "postcopy";

  private static final List<Step> USUAL =
      List.of(
          new Step(1, 150), new Step(2, 200), new Step(3, 300), new Step(4, 400), new Step(6, 500));
  private static final Measure ABORT = new Measure("abort", List.of());

  static final MigrationPolicy MINIMAL_DOWNTIME =
      new MigrationPolicy(
          "80554327-0569-496b-bdeb-fcbbf52b827b",
          "Minimal downtime",
          2,
          true,
          false,
          USUAL,
          List.of(ABORT));

  private static final List<MigrationPolicy> ALL =
      List.of(
          MINIMAL_DOWNTIME,
          new MigrationPolicy(
              "80554327-0569-496b-bdeb-fcbbf52b827c",
              "Suspend workload if needed",
              1,
              true,
              true,
              USUAL,
              List.of(new Measure("setDowntime", List.of("5000")), ABORT)),
          new MigrationPolicy(
              "a7aeedb2-8d66-4e51-bb22-32595027ce71",
              "Post-copy migration",
              2,
              true,
              false,
              List.of(new Step(1, 150), new Step(2, 200)),
              List.of(new Measure(POST_COPY, List.of()), ABORT)),
          new MigrationPolicy(
              "80554327-0569-496b-bdeb-fcbbf52b827d",
              "Very large VMs",
              1,
              true,
              false,
              USUAL,
              List.of(ABORT)));

  /** Beyond so many passes the guest may stand still for so many milliseconds. */
  record Step(int passes, long downtime) {}

  /** In the words of VDSM's convergence schedule. */
  record Measure(String name, List<String> params) {
    Map<String, Object> values() {
      return Map.of("name", name, "params", params);
    }
  }

  /** Empty for the legacy policy; an unknown one is taken for the default. */
  static Optional<MigrationPolicy> of(@Nullable String id) {
    if (LEGACY.equals(id)) {
      return Optional.empty();
    }
    return Optional.of(
        ALL.stream().filter(policy -> policy.id().equals(id)).findFirst().orElse(MINIMAL_DOWNTIME));
  }

  /**
   * As VDSM wants it: the last measures have no limit, so that they follow at once.
   *
   * @param postCopy whether the guest may go on over there before all of its memory is there
   */
  Map<String, Object> schedule(boolean postCopy) {
    List<Object> stages = new ArrayList<>();
    for (Step step : stalling) {
      stages.add(stage(step.passes(), new Measure("setDowntime", List.of("" + step.downtime()))));
    }
    last.stream()
        .filter(measure -> postCopy || !measure.name().equals(POST_COPY))
        .forEach(measure -> stages.add(stage(-1, measure)));
    Map<String, Object> schedule = new LinkedHashMap<>();
    schedule.put("init", List.of(new Measure("setDowntime", List.of("100")).values()));
    schedule.put("stalling", stages);
    return schedule;
  }

  private static Map<String, Object> stage(int limit, Measure measure) {
    return Map.of("limit", limit, "action", measure.values());
  }
}
