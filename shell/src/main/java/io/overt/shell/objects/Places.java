package io.overt.shell.objects;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.LocatorType;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.ServiceType;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the place of a type and, with the engine, of an object. */
public final class Places {
  private final Api api;

  public Places(Api api) {
    this.api = api;
  }

  /**
   * The collection of a type, which may be written in singular or plural, within parents in any
   * order.
   */
  public Place collection(String type, List<Parent> parents) {
    List<Step> way = way(Schema.current().root(), type, parents);
    boolean byDisk = false;
    if (way == null && (Names.same(type, "disk") || Names.same(type, "disks"))) {
      way = way(Schema.current().root(), "diskattachments", parents);
      byDisk = way != null;
    }
    if (way == null) {
      throw ShellFailure.syntax(unknown(type, parents));
    }
    String path = "";
    ServiceType service = Schema.current().root();
    for (Step step : way) {
      path = path + (path.isEmpty() ? "" : "/") + step.locator().segment();
      service = step.locator().target();
      if (step.parent() != null) {
        Place item = item(new Place(path, service, false), step.parent());
        path = item.path();
        service = item.service();
      }
    }
    return new Place(path, service, byDisk);
  }

  /** One collection on the way, and the object of it through which the way goes on. */
  private record Step(LocatorType locator, @Nullable Parent parent) {}

  /**
   * The way from a service to the collection of a type through all parents; null if there is none.
   */
  private static @Nullable List<Step> way(ServiceType from, String type, List<Parent> parents) {
    for (LocatorType locator : from.locators()) {
      if (parents.isEmpty()) {
        if (isNamed(locator, type)) {
          return List.of(new Step(locator, null));
        }
        continue;
      }
      for (Parent parent : parents) {
        if (!isNamed(locator, parent.type())) {
          continue;
        }
        ServiceType item = locator.target().item().map(LocatorType::target).orElse(null);
        List<Parent> others = new ArrayList<>(parents);
        others.remove(parent);
        List<Step> rest = item == null ? null : way(item, type, others);
        if (rest != null) {
          List<Step> way = new ArrayList<>();
          way.add(new Step(locator, parent));
          way.addAll(rest);
          return way;
        }
      }
    }
    return null;
  }

  /** Whether a collection is that of a type, however it is called. */
  static boolean isNamed(LocatorType locator, String type) {
    if (locator.variable() || !locator.target().collection()) {
      return false;
    }
    String plain = Names.plain(Aliases.type(type));
    if (plain.equals(locator.segment()) || plain.equals(singular(locator))) {
      return true;
    }
    return locator
        .target()
        .type()
        .map(
            found ->
                plain.equals(Names.plain(found.tag())) || plain.equals(Names.plain(found.name())))
        .orElse(false);
  }

  /** What one object of a collection is called. */
  static String singular(LocatorType locator) {
    String plural = locator.segment();
    String item = locator.target().item().map(LocatorType::name).map(Names::plain).orElse("");
    return item.isEmpty() ? plural.substring(0, plural.length() - 1) : item;
  }

  private static String unknown(String type, List<Parent> parents) {
    TreeSet<String> known = new TreeSet<>();
    for (LocatorType locator : Schema.current().root().locators()) {
      if (!locator.variable() && locator.target().collection()) {
        known.add(locator.segment());
        known.add(singular(locator));
      }
    }
    if (parents.isEmpty()) {
      List<String> within = Completions.parentsOf(type);
      return within.isEmpty()
          ? "There is no type '" + type + "'" + Names.hint(type, known)
          : "'"
              + type
              + "' is part of another object: name it with "
              + String.join(
                  " or ", within.stream().map(each -> "--parent-" + each + "-name").toList());
    }
    return "There is no '%s' within %s"
        .formatted(type, String.join(" and ", parents.stream().map(Parent::type).toList()));
  }

  private Place item(Place collection, Parent parent) {
    return parent.byName() ? byName(collection, parent.key()) : item(collection, parent.key());
  }

  /** The place of an object by its id, name or alias. */
  public Place item(Place collection, String key) {
    if (Names.isUuid(key)) {
      return collection.item(key);
    }
    if (Names.isNumber(key) && exists(collection, key)) {
      return collection.item(key);
    }
    return byName(collection, key);
  }

  private boolean exists(Place collection, String key) {
    try {
      api.get(collection.item(key).path(), collection.type(), Map.of());
      return true;
    } catch (ShellFailure e) {
      if (e.status() == Status.NOT_FOUND || e.status() == Status.REFUSED) {
        return false;
      }
      throw e;
    }
  }

  /** The object of this name: one that looks like an id is none. */
  public Place byName(Place collection, String name) {
    List<Node> found = named(collection, name);
    if (found.isEmpty()) {
      throw ShellFailure.notFound("There is no %s '%s'".formatted(spoken(collection), name));
    }
    if (found.size() > 1) {
      StringBuilder ids = new StringBuilder();
      found.forEach(each -> ids.append(ids.isEmpty() ? "" : ", ").append(each.id().orElse("?")));
      throw new ShellFailure(
          Status.REFUSED,
          "%d objects are called '%s': %s; name one by its id".formatted(found.size(), name, ids));
    }
    return collection.item(found.getFirst().id().orElse(name));
  }

  private static String spoken(Place collection) {
    return collection.byDisk() ? "disk" : collection.type().name().replace('_', ' ');
  }

  private List<Node> named(Place collection, String name) {
    StructType type = collection.type();
    boolean searchable =
        collection
            .service()
            .operation("list")
            .flatMap(list -> list.parameter("search"))
            .isPresent();
    Map<String, String> query = Map.of();
    if (searchable && type.find("name").isPresent() && name.indexOf('"') < 0) {
      String key = type.name().equals("disk") ? "alias" : "name";
      query = Map.of("search", key + "=\"" + name + "\"");
    } else if (collection.byDisk()) {
      query = Map.of("follow", "disk");
    }
    List<Node> found = new ArrayList<>();
    for (Node each : api.list(collection.path(), type, query)) {
      boolean called = isCalled(each, name);
      if (!called && collection.byDisk() && each.values().get("disk") instanceof Node disk) {
        called = isCalled(disk, name);
      }
      if (called) {
        found.add(each);
      }
    }
    return found;
  }

  private static boolean isCalled(Node node, String name) {
    for (String key : List.of("name", "alias", "user_name", "id")) {
      if (name.equals(node.values().get(key))) {
        return true;
      }
    }
    return false;
  }
}
