package io.overt.rest.follow;

import io.overt.model.ApiFault;
import io.overt.model.Kind;
import io.overt.model.LocatorType;
import io.overt.model.Member;
import io.overt.model.ServiceType;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.rest.document.View;
import io.overt.rest.route.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts linked objects inline, by inner requests of the same caller; each address is asked for once
 * per request. What the caller may not see or what is gone stays a link or reference.
 *
 * <p>Objects are copied before they are changed, since features share frozen ones.
 */
public final class Follower {
  private final View view;
  private final Function<String, Object> get;
  private final boolean strict;
  private final Map<String, Optional<Object>> answers = new HashMap<>();

  /**
   * @param view of the version that is spoken
   * @param get an inner GET of a path below the API's root
   * @param strict whether an unknown name is refused, or ignored
   */
  public Follower(View view, Function<String, Object> get, boolean strict) {
    this.view = view;
    this.get = get;
    this.strict = strict;
  }

  /**
   * Copies of the objects with what the tree names inline.
   *
   * @param path of the collection
   * @param service of the entries
   */
  public List<Struct> entries(
      List<? extends Struct> entries, String path, ServiceType service, FollowTree tree) {
    List<Struct> followed = new ArrayList<>(entries.size());
    for (Struct entry : entries) {
      String id = entry.id();
      followed.add(id == null ? entry : entity(entry, path + "/" + id, service, tree));
    }
    return followed;
  }

  /**
   * A copy of the object with what the tree names inline.
   *
   * @throws ApiFault when the object's type has no link or reference of such a name
   */
  public Struct entity(Struct entity, String path, ServiceType service, FollowTree tree) {
    Struct copy = entity.shallowCopy();
    tree.children().forEach((name, below) -> follow(copy, path, service, name, below));
    return copy;
  }

  private void follow(
      Struct entity, String path, ServiceType service, String name, FollowTree below) {
    Member member = member(entity.type(), name);
    LocatorType link = link(service, name);
    if (link != null) {
      if (member != null && member.list()) {
        inlineList(entity, member, path + "/" + link.segment(), view.tree().target(link), below);
      }
    } else if (member == null || member.kind() != Kind.STRUCT) {
      if (strict) {
        throw ApiFault.invalidValue(
            "'"
                + name
                + "' is no link or reference of "
                + entity.type().name()
                + ", cannot follow");
      }
    } else if (entity.get(member) instanceof Struct reference) {
      Struct whole = whole(reference, entity, below);
      if (whole != null) {
        entity.set(member, whole);
      }
    } else if (entity.get(member) instanceof List<?> references) {
      List<Object> items = new ArrayList<>(references.size());
      for (Object item : references) {
        Struct whole = item instanceof Struct reference ? whole(reference, entity, below) : null;
        items.add(whole == null ? item : whole);
      }
      entity.set(member, items);
    }
  }

  private void inlineList(
      Struct entity, Member member, String path, ServiceType collection, FollowTree below) {
    if (!(ask(path) instanceof List<?> list)) {
      return;
    }
    ServiceType entryService = view.tree().entryService(collection);
    List<Object> items = new ArrayList<>(list.size());
    for (Object item : list) {
      Struct entry = (Struct) item;
      String entryPath = path + "/" + entry.id();
      Struct copy =
          entryService == null
              ? entry.shallowCopy()
              : entity(entry, entryPath, entryService, below);
      if (entry.href() == null && entryService != null) {
        copy.href(entryPath);
      }
      copy.expand();
      items.add(copy);
    }
    entity.set(member, items);
  }

  private @Nullable Struct whole(Struct reference, Struct owner, FollowTree below) {
    String href = reference.href();
    String path = href == null ? view.addresses().of(reference, owner) : href;
    if (path == null || !(ask(path) instanceof Struct found)) {
      return null;
    }
    Target target = view.routes().find(path);
    Struct copy =
        target == null ? found.shallowCopy() : entity(found, path, target.service(), below);
    copy.href(path);
    copy.expand();
    return copy;
  }

  private @Nullable Object ask(String path) {
    Optional<Object> known = answers.get(path);
    if (known == null) {
      known = answer(path);
      answers.put(path, known);
    }
    return known.orElse(null);
  }

  private Optional<Object> answer(String path) {
    try {
      return Optional.of(get.apply(path));
    } catch (ApiFault e) {
      return switch (e.category()) {
        case NOT_FOUND, FORBIDDEN, NOT_AUTHENTICATED, BAD_PARAMETER, CONFLICT -> Optional.empty();
        case INTERNAL, UNAVAILABLE -> throw e;
      };
    }
  }

  private static @Nullable Member member(StructType type, String name) {
    String key = FollowTree.key(name);
    for (Member member : type.members()) {
      if (FollowTree.key(member.name()).equals(key) || FollowTree.key(member.tag()).equals(key)) {
        return member;
      }
    }
    return null;
  }

  private static @Nullable LocatorType link(ServiceType service, String name) {
    String key = FollowTree.key(name);
    for (LocatorType locator : service.locators()) {
      if (!locator.variable() && locator.segment().equals(key)) {
        return locator;
      }
    }
    return null;
  }
}
