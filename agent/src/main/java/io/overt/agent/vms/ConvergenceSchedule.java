package io.overt.agent.vms;

import java.util.List;

/**
 * What to do for a move that does not come to an end: at its beginning, and when it has gone over
 * the guest's memory so many times more than once.
 */
public record ConvergenceSchedule(List<Action> initial, List<Stalling> stalling) {

  public static final ConvergenceSchedule NONE = new ConvergenceSchedule(List.of(), List.of());

  public ConvergenceSchedule {
    initial = List.copyOf(initial);
    stalling = List.copyOf(stalling);
  }

  /** One measure. */
  public sealed interface Action {
    /** Let the guest stand still for so long in the end. */
    record SetDowntime(long milliseconds) implements Action {}

    /** Break off. */
    record Abort() implements Action {}

    /** Let the guest run on the other side at once. */
    record PostCopy() implements Action {}
  }

  /**
   * A measure for later.
   *
   * @param limit of additional passes; negative means at once, when its turn has come
   */
  public record Stalling(long limit, Action action) {}

  boolean postCopy() {
    return stalling.stream().anyMatch(step -> step.action() instanceof Action.PostCopy)
        || initial.stream().anyMatch(Action.PostCopy.class::isInstance);
  }
}
