package io.overt.rest.route;

import io.overt.model.LocatorType;
import io.overt.model.Member;
import io.overt.model.ParameterType;
import io.overt.model.ServiceType;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where objects are found, derived from the model: the collection of their type at the root, else a
 * collection below an object they refer to ({@code nic.vm} gives {@code /vms/1/nics/2}). Paths are
 * relative to the API's root.
 */
public final class Addresses {
  private final Map<String, String> top = new HashMap<>();
  private final Map<String, List<Parent>> parents = new HashMap<>();
  private final ServiceTree tree;
  private static final int DEEPEST = 4;

  /** A collection {@code segment} below objects of type {@code type} holds the objects. */
  private record Parent(String type, String segment) {}

  /** For the services of one version. */
  public Addresses(ServiceTree tree) {
    this.tree = tree;
    ServiceType root = tree.root();
    for (LocatorType locator : root.locators()) {
      String type = entityType(tree.target(locator));
      if (type != null) {
        top.putIfAbsent(type, locator.segment());
      }
    }
    Set<String> seen = new HashSet<>();
    for (LocatorType locator : root.locators()) {
      collectBelow(tree.target(locator), seen);
    }
  }

  /** Adds what lies below the entities of a collection. */
  private void collectBelow(ServiceType collection, Set<String> seen) {
    String parent = entityType(collection);
    LocatorType variable = variable(collection);
    if (parent == null || variable == null || !seen.add(collection.name())) {
      return;
    }
    for (LocatorType locator : tree.target(variable).locators()) {
      String child = locator.variable() ? null : entityType(tree.target(locator));
      if (child != null) {
        List<Parent> known = parents.computeIfAbsent(child, key -> new ArrayList<>());
        Parent entry = new Parent(parent, locator.segment());
        if (!known.contains(entry)) {
          known.add(entry);
        }
        collectBelow(tree.target(locator), seen);
      }
    }
  }

  private static @Nullable LocatorType variable(ServiceType service) {
    for (LocatorType locator : service.locators()) {
      if (locator.variable()) {
        return locator;
      }
    }
    return null;
  }

  /** Name of the struct whose objects a collection service holds, or null when it is none. */
  public @Nullable String entityType(ServiceType collection) {
    LocatorType variable = variable(collection);
    if (variable == null) {
      return null;
    }
    for (String operation : List.of("list", "get")) {
      ServiceType service = operation.equals("list") ? collection : tree.target(variable);
      var type = service.operation(operation);
      ParameterType result = type == null ? null : type.result();
      if (result != null) {
        return result.reference();
      }
    }
    return null;
  }

  /** The collection at the root that holds objects of that type, or null. */
  public @Nullable String collection(String type) {
    return top.get(type);
  }

  /** The path of an object that stands by itself, or null when none can be derived. */
  public @Nullable String of(Struct struct) {
    return of(struct, null, 0);
  }

  /** The path of an object that {@code owner} refers to. */
  public @Nullable String of(Struct struct, @Nullable Struct owner) {
    return of(struct, owner, 0);
  }

  private @Nullable String of(Struct struct, @Nullable Struct owner, int depth) {
    String id = struct.id();
    if (id == null || depth > DEEPEST) {
      return null;
    }
    String collection = top.get(struct.type().name());
    if (collection != null) {
      return "/" + collection + "/" + id;
    }
    for (Parent parent : parents.getOrDefault(struct.type().name(), List.of())) {
      Struct above = referred(struct, parent.type());
      if (above == null && owner != null) {
        above = owner.type().name().equals(parent.type()) ? owner : referred(owner, parent.type());
      }
      String path = above == null ? null : of(above, null, depth + 1);
      if (path != null) {
        return path + "/" + parent.segment() + "/" + id;
      }
    }
    return null;
  }

  /** The object of that type that a struct refers to: by the member of that name, else by any. */
  private static @Nullable Struct referred(Struct struct, String type) {
    if (struct.get(type) instanceof Struct named && named.id() != null) {
      return named;
    }
    StructType structType = struct.type();
    for (Member member : structType.members()) {
      if (!member.list()
          && type.equals(member.reference())
          && struct.get(member) instanceof Struct other
          && other.id() != null) {
        return other;
      }
    }
    return null;
  }
}
