package io.overt.acceptance.tour;

import io.overt.model.OperationType;
import io.overt.rest.route.Route;
import io.overt.rest.route.RouteTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Real addresses for the routes of the model, out of what a walk has seen. */
final class Places {
  /** An id that nothing has. */
  static final String UNKNOWN = "00000000-0000-4000-8000-00000000dead";

  /**
   * An operation at a real address.
   *
   * @param path of the request: for an action that of the action
   */
  record Place(OperationType operation, String path) {
    @Override
    public String toString() {
      return operation.key() + " at " + path;
    }
  }

  private final Map<String, String> byTemplate = new LinkedHashMap<>();

  Places(Map<String, List<String>> seen) {
    seen.values().stream()
        .flatMap(List::stream)
        .filter(path -> !path.isEmpty())
        .forEach(
            path -> {
              var target = RouteTable.model().find(path);
              if (target != null) {
                byTemplate.putIfAbsent(Walk.template(target), path);
              }
            });
  }

  /** Each of these operations at one address, the shortest that there is. */
  List<Place> of(Set<String> operations) {
    Map<String, Place> found = new LinkedHashMap<>();
    for (Route route : RouteTable.model().routes()) {
      String key = route.operation().key();
      if (!operations.contains(key)) {
        continue;
      }
      address(route)
          .map(path -> new Place(route.operation(), path))
          .ifPresent(
              place -> found.merge(key, place, (one, two) -> depth(two) < depth(one) ? two : one));
    }
    return new ArrayList<>(found.values());
  }

  private static long depth(Place place) {
    return place.path().chars().filter(character -> character == '/').count();
  }

  private Optional<String> address(Route route) {
    String template = route.template().replaceAll("\\{[^}]*}", "*");
    String action = "";
    if (route.operation().isAction()) {
      int end = template.lastIndexOf('/');
      action = template.substring(end);
      template = template.substring(0, end);
    }
    String last = action;
    return known(template).map(path -> path + last);
  }

  private Optional<String> known(String template) {
    String path = byTemplate.get(template);
    if (path != null) {
      return Optional.of(path);
    }
    // Members of some lists cannot be read one by one.
    return template.endsWith("/*")
        ? Optional.ofNullable(byTemplate.get(template.substring(0, template.length() - 2)))
            .map(collection -> collection + "/" + UNKNOWN)
        : Optional.empty();
  }
}
