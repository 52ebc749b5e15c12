package io.overt.rest.route;

import io.overt.model.LocatorType;
import io.overt.model.OperationType;
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
  private static final RouteTable MODEL = new RouteTable(ServiceTree.model());

  private final ServiceTree tree;

  /** For the services of one version. */
  public RouteTable(ServiceTree tree) {
    this.tree = tree;
  }

  /** For the services of the model. */
  public static RouteTable model() {
    return MODEL;
  }

  public ServiceTree tree() {
    return tree;
  }

  /** What the segments below the API's root mean, or null when they name nothing. */
  public @Nullable Target find(List<String> segments) {
    List<Step> steps = new ArrayList<>(segments.size());
    ServiceType service = tree.root();
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
      String model = tree.modelSegment(service, segment);
      service = tree.target(locator);
      steps.add(new Step(segment, model, service, locator.variable()));
    }
    return new Target(List.copyOf(steps), service, null, false);
  }

  /** What an address inside documents means: {@code /vms/123} or with the API's base before it. */
  public @Nullable Target find(String path) {
    return find(List.of(path.substring(1).split("/")));
  }

  /** Every method on every path of the model. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(1_000);
    collect(tree.root(), "", routes, new HashSet<>());
    return List.copyOf(routes);
  }

  private void collect(ServiceType service, String path, List<Route> routes, Set<String> above) {
    if (!above.add(service.name())) {
      return;
    }
    for (OperationType operation : service.operations()) {
      String template = operation.isAction() ? path + "/" + operation.segment() : path;
      routes.add(new Route(operation.verb(), template, operation));
    }
    for (LocatorType locator : service.locators()) {
      String segment = locator.variable() ? "{" + locator.service() + "}" : locator.segment();
      collect(tree.target(locator), path + "/" + segment, routes, above);
    }
    above.remove(service.name());
  }
}
