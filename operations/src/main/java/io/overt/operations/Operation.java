package io.overt.operations;

import java.util.List;

/**
 * A kind of operation.
 *
 * @param name stored with each job, so it must never change: {@code StartVm}
 * @param steps in order; their number and order must stay compatible with stored jobs
 */
public record Operation(String name, List<Step> steps) {
  public Operation {
    steps = List.copyOf(steps);
  }

  int indexOf(String step) {
    for (int index = 0; index < steps.size(); index++) {
      if (steps.get(index).name().equals(step)) {
        return index;
      }
    }
    throw new IllegalArgumentException("operation " + name + " has no step " + step);
  }
}
