package io.overt.engine.storage;

import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.operations.Step;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A step of work on a host; what the host refuses, or its silence, is the step's failure.
 *
 * @param work may be run again after a crash, so it finds out what is done already
 * @param undo after a failure
 */
public record Work(
    String name,
    Function<StepContext, String> text,
    Function<StepContext, StepOutcome> work,
    Consumer<StepContext> undo)
    implements Step {

  /** Work that leaves nothing to undo. */
  public static Work of(
      String name, Function<StepContext, String> text, Function<StepContext, StepOutcome> work) {
    return new Work(name, text, work, context -> {});
  }

  @Override
  public String description(StepContext context) {
    return text.apply(context);
  }

  @Override
  public StepOutcome run(StepContext context) {
    try {
      return work.apply(context);
    } catch (HostCallFailed | HostUnreachable e) {
      return StepOutcome.failed(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void compensate(StepContext context) {
    undo.accept(context);
  }
}
