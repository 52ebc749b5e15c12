package io.overt.rest.document;

import io.overt.rest.route.Addresses;
import io.overt.rest.route.RouteTable;
import io.overt.rest.route.ServiceTree;
import java.util.List;

/** One version's paths, addresses and relations. */
public record View(RouteTable routes, Addresses addresses, Relations relations) {
  private static final String ORDER = "relation-order.txt";
  private static final View MODEL =
      new View(
          RouteTable.model(),
          new Addresses(ServiceTree.model()),
          new Relations(ServiceTree.model(), List.of(ORDER)));

  /** The model's own. */
  public static View model() {
    return MODEL;
  }

  /**
   * Another version's.
   *
   * @param order resource beside this class that tells the order of links where it differs
   */
  public static View of(ServiceTree tree, String order) {
    return new View(
        new RouteTable(tree), new Addresses(tree), new Relations(tree, List.of(ORDER, order)));
  }

  /** The services of the version. */
  public ServiceTree tree() {
    return routes.tree();
  }
}
