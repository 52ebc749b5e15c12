package io.overt.rest.route;

import io.overt.model.LocatorType;
import io.overt.model.OperationType;
import io.overt.model.Schema;
import io.overt.model.ServiceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a path means by walking the model's locators: a static locator by its name, else the
 * one for ids; a last segment that names an action of the service is that action.
 */
public final class RouteTable {
  private RouteTable() {}

  /** What the segments below the API's root mean, or null when they name nothing. */
  public static @Nullable Target find(List<String> segments) {
    List<Step> steps = new ArrayList<>(segments.size());
    ServiceType service = Schema.current().root();
    for (int index = 0; index < segments.size(); index++) {
      String segment = segments.get(index);
      int left = segments.size() - index;
      OperationType action = left <= 2 ? service.action(segment) : null;
      LocatorType locator = service.locator(segment);
      boolean nested = locator != null && !locator.variable();
      if (action != null && !nested) {
        return new Target(List.copyOf(steps), service, action, left == 2);
      }
      if (locator == null) {
        return left == 2 && segment.equals("creation_status") && !steps.isEmpty()
            ? new Target(List.copyOf(steps), service, null, true)
            : null;
      }
      service = locator.target();
      steps.add(new Step(segment, service, locator.variable()));
    }
    return new Target(List.copyOf(steps), service, null, false);
  }

  /** What an address inside documents means: {@code /vms/123} or with the API's base before it. */
  public static @Nullable Target find(String path) {
    return find(List.of(path.substring(1).split("/")));
  }

  /** Every method on every path of the model. */
  public static List<Route> routes() {
    List<Route> routes = new ArrayList<>(1_000);
    collect(Schema.current().root(), "", routes, new HashSet<>());
    return List.copyOf(routes);
  }

  private static void collect(
      ServiceType service, String path, List<Route> routes, Set<String> above) {
    if (!above.add(service.name())) {
      return;
    }
    for (OperationType operation : service.operations()) {
      String template = operation.isAction() ? path + "/" + operation.segment() : path;
      routes.add(new Route(operation.verb(), template, operation));
    }
    for (LocatorType locator : service.locators()) {
      String segment = locator.variable() ? "{" + locator.service() + "}" : locator.segment();
      collect(locator.target(), path + "/" + segment, routes, above);
    }
    above.remove(service.name());
  }
}
