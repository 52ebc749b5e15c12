package io.overt.rest.api;

import io.overt.model.ApiFault;
import io.overt.model.NotImplemented;
import io.overt.rest.route.Step;
import io.overt.rest.route.Target;
import java.util.List;

/** Tells objects that are not there from operations on them that nobody has implemented. */
final class Unknown {
  private final Invoker invoker;

  Unknown(Invoker invoker) {
    this.invoker = invoker;
  }

  /**
   * Looks for the objects of a path whose operation is not implemented.
   *
   * @throws ApiFault not found when one does not exist, as far as anybody can tell
   */
  void refuse(Target target, RestCall call) {
    List<Step> steps = target.steps();
    int last = steps.size() - 1;
    boolean reading = call.operation().name().equals("get");
    for (int index = 0; index <= last; index++) {
      if (!steps.get(index).id()) {
        continue;
      }
      if (reading && index == last) {
        requireListed(steps, call);
      } else {
        answer(steps.subList(0, index + 1), call);
      }
    }
  }

  /** An object that cannot be read may still be listed. */
  private void requireListed(List<Step> steps, RestCall call) {
    String id = steps.getLast().segment();
    if (answer(steps.subList(0, steps.size() - 1), call) instanceof List<?> list
        && Invoker.entries(list).stream().noneMatch(entry -> id.equals(entry.id()))) {
      throw ApiFault.notFound();
    }
  }

  /** What a GET there answers; a text when it cannot be answered. */
  private Object answer(List<Step> steps, RestCall call) {
    StringBuilder path = new StringBuilder();
    steps.forEach(step -> path.append('/').append(step.segment()));
    Target target = invoker.view().routes().find(path.toString());
    if (target == null || target.operation("GET") == null) {
      return "";
    }
    try {
      return invoker.get(path.toString(), call);
    } catch (NotImplemented e) {
      return "";
    }
  }
}
