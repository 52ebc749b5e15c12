package io.overt.rest.api;

import io.overt.model.ApiFault;
import io.overt.model.NotImplemented;
import io.overt.model.OperationType;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.rest.route.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests within a request. */
final class InnerCalls implements Inner {
  private final Invoker invoker;
  private final Parameters parameters;
  private final List<Object> context;

  InnerCalls(Invoker invoker, Parameters parameters, List<Object> context) {
    this.invoker = invoker;
    this.parameters = parameters;
    this.context = context;
  }

  @Override
  public Object get(String path) {
    return send("GET", path, null, parameters);
  }

  @Override
  public @Nullable Struct find(String path) {
    return lenient(path) instanceof Struct struct ? struct : null;
  }

  @Override
  public List<? extends Struct> list(String path) {
    Object found = lenient(path);
    return found == null ? List.of() : Invoker.entries(found);
  }

  @Override
  public List<? extends Struct> list(String path, Map<String, String> more) {
    Target target = target(path);
    RestCall call = call(target, "GET", null, parameters.with(more));
    return Invoker.entries(invoker.invoke(target, call.refusingUnreadableSearch()));
  }

  private @Nullable Object lenient(String path) {
    try {
      return get(path);
    } catch (ApiFault e) {
      return switch (e.category()) {
        case NOT_FOUND, FORBIDDEN, NOT_AUTHENTICATED, BAD_PARAMETER, CONFLICT -> null;
        case INTERNAL, UNAVAILABLE -> throw e;
      };
    } catch (NotImplemented e) {
      return null;
    }
  }

  @Override
  public Outcome<?> call(
      String method, String path, @Nullable Struct body, Map<String, String> more) {
    if (send(method, path, body, parameters.with(more)) instanceof Outcome<?> outcome) {
      return outcome;
    }
    throw new IllegalStateException(method + " " + path + " changed nothing");
  }

  private Object send(String method, String path, @Nullable Struct body, Parameters sent) {
    Target target = target(path);
    return invoker.invoke(target, call(target, method, body, sent));
  }

  private Target target(String path) {
    Target target = invoker.view().routes().find(path);
    if (target == null) {
      throw ApiFault.notFound();
    }
    return target;
  }

  private RestCall call(Target target, String method, @Nullable Struct body, Parameters sent) {
    OperationType operation = target.operation(method);
    if (operation == null) {
      throw ApiFault.notFound();
    }
    return new RestCall(operation, body, sent, target.steps(), context);
  }
}
