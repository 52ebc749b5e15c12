package io.overt.rest.api;

import io.overt.model.ApiFault;
import io.overt.model.NotImplemented;
import io.overt.model.OperationType;
import io.overt.model.Service;
import io.overt.model.Struct;
import io.overt.rest.document.View;
import io.overt.rest.route.Step;
import io.overt.rest.route.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the service that a path leads to, asks the guard and calls the operation. */
final class Invoker {
  private final Service root;
  private final Guard guard;
  private final Dialect dialect;
  private final Unknown unknown = new Unknown(this);

  /** Serves the paths of the model; for other versions this one itself. */
  private final Invoker model;

  Invoker(Service root, Guard guard, Dialect dialect) {
    this.root = root;
    this.guard = guard;
    this.dialect = dialect;
    this.model =
        dialect.customs().equals(Customs.NONE) ? this : new Invoker(root, guard, Dialect.current());
  }

  View view() {
    return dialect.view();
  }

  Customs customs() {
    return dialect.customs();
  }

  /**
   * @throws ApiFault not found when the path leads nowhere
   */
  Object invoke(Target target, RestCall call) {
    Customs customs = dialect.customs();
    if (!customs.equals(Customs.NONE)) {
      String elsewhere = customs.redirect(target);
      if (elsewhere != null) {
        return model.redirected(elsewhere, call);
      }
      Service own = customs.service(target, inner(call.parameters(), call.context()));
      if (own != null) {
        return own.invoke(call.operation().name(), call);
      }
    }
    Service service = root;
    for (Step step : target.steps()) {
      Service next = service.locate(step.model());
      if (next == null) {
        throw ApiFault.notFound();
      }
      service = next;
    }
    guard.check(call);
    try {
      return service.invoke(call.operation().name(), call);
    } catch (NotImplemented e) {
      unknown.refuse(target, call);
      throw e;
    }
  }

  /**
   * What a GET of another path answers the same caller.
   *
   * @param path below the API's root
   * @return the object, or the list of them
   * @throws ApiFault not found when the path leads nowhere
   */
  Object get(String path, RestCall outer) {
    Target target = view().routes().find(path);
    OperationType operation = target == null ? null : target.operation("GET");
    if (target == null || operation == null) {
      throw ApiFault.notFound();
    }
    return invoke(
        target,
        new RestCall(operation, null, outer.parameters().inner(), target.steps(), outer.context()));
  }

  private Object redirected(String path, RestCall call) {
    Target target = view().routes().find(path);
    OperationType operation = target == null ? null : target.operation(call.operation().verb());
    if (target == null || operation == null) {
      throw ApiFault.notFound();
    }
    return invoke(
        target,
        new RestCall(operation, call.body(), call.parameters(), target.steps(), call.context()));
  }

  /** Requests to the model's paths for whom a request is of. */
  Inner inner(Parameters parameters, List<Object> context) {
    return new InnerCalls(model, parameters.inner(), context);
  }

  /** The object at that path as it is now, or null when it is gone or cannot be read. */
  @Nullable Struct reread(String path, RestCall outer) {
    Target target = view().routes().find(path);
    if (target == null || target.operation("GET") == null) {
      return null;
    }
    try {
      return get(path, outer) instanceof Struct struct ? struct : null;
    } catch (ApiFault e) {
      return null;
    }
  }

  /** The objects of a list operation's result. */
  static List<? extends Struct> entries(Object result) {
    if (!(result instanceof List<?> list)) {
      throw new IllegalStateException("a list operation returned " + result.getClass().getName());
    }
    return list.stream().map(Struct.class::cast).toList();
  }
}
