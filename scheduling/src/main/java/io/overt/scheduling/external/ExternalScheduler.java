package io.overt.scheduling.external;

import java.util.List;
import java.util.function.Consumer;

/**
 * Units that others wrote. Whatever a unit, its process or its network does becomes a {@link
 * UnitProblem} of the answer: no method throws for it. Every call ends by its deadline, within a
 * small grace for the clean-up. Calls may come from several threads at a time.
 */
public interface ExternalScheduler extends AutoCloseable {

  /** Which units there are now. Loads what is new or changed, so it can take seconds. */
  Discovery discover();

  /**
   * Tells of every later change of what {@link #discover} answers, from a thread of the scheduler's
   * own. Listeners are called one after another and must not block for long.
   */
  void onChange(Consumer<Discovery> listener);

  /** Asks filters, all at a time, which of the hosts they accept. No names: no call. */
  FilterAnswer filter(List<String> units, UnitCall call);

  /** Asks weight units, all at a time, what each host costs. No names: no call. */
  ScoreAnswer score(List<WeightedUnit> units, UnitCall call);

  /** Asks one balancer which machine is to move where; {@link UnitCall#vm} is not sent. */
  BalanceAnswer balance(String unit, UnitCall call);

  /** What the units took so far, those called at least once; empty where that is not known. */
  default List<UnitMetrics> metrics() {
    return List.of();
  }

  /** Ends its processes, connections and threads. */
  @Override
  void close();

  /**
   * A weight unit and its factor.
   *
   * @param factor what its scores are multiplied by, at least 0
   */
  record WeightedUnit(String name, int factor) {}
}
