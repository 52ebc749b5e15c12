package io.overt.rest.document;

import io.overt.codec.Decorator;
import io.overt.codec.Link;
import io.overt.model.Member;
import io.overt.model.ServiceType;
import io.overt.model.Struct;
import io.overt.rest.route.Target;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Addresses, links and actions of one answer.
 *
 * <p>The answer's own objects stand under the path of the request; other objects under the path
 * that the model derives for them, or where {@link Struct#href} puts them (a path relative to the
 * API's root, set by a feature or by following links). Each of the answer's objects is looked
 * through when the codec comes to it, so that an object's place can depend on what it is a part of.
 */
@SuppressWarnings("ReferenceEquality") // equal objects may stand at different places
public final class Decoration implements Decorator {
  private static final String API = "/ovirt-engine/api/";

  private final View view;
  private final String base;
  private final @Nullable String requestPath;
  private final List<? extends Struct> entries;
  private final @Nullable ServiceType entryService;
  private final boolean collection;
  private final IdentityHashMap<Struct, Place> places = new IdentityHashMap<>();
  private int next;
  private @Nullable Extra extra;
  private BiFunction<Struct, String, @Nullable Object> asking = (struct, name) -> null;
  private @Nullable Struct lastAsked;
  private String lastName = "";
  private @Nullable Object lastAnswer;

  /**
   * Additional facts about the root.
   *
   * @param creationStatus {@code pending} …, or null
   * @param links after those of the model
   */
  public record Extra(@Nullable String creationStatus, List<Link> links) {}

  private record Place(@Nullable String href, @Nullable ServiceType service) {}

  private Decoration(
      View view,
      String base,
      @Nullable String requestPath,
      List<? extends Struct> entries,
      @Nullable ServiceType entryService,
      boolean collection) {
    this.view = view;
    this.base = base;
    this.requestPath = requestPath;
    this.entries = entries;
    this.entryService = entryService;
    this.collection = collection;
  }

  /**
   * For a document of one object.
   *
   * @param view of the version that is spoken
   * @param base path of the API as the client addressed it: {@code /ovirt-engine/api/v4}
   * @param path of the object below the base, empty for the API's root, null for none
   * @param service the object's service; null for objects without links and actions
   */
  public static Decoration ofEntity(
      View view, String base, @Nullable String path, Struct entity, @Nullable ServiceType service) {
    return new Decoration(view, base, path, List.of(entity), service, false);
  }

  /** For a collection document; {@code service} is that of its entries. */
  public static Decoration ofCollection(
      View view,
      String base,
      String path,
      List<? extends Struct> entries,
      @Nullable ServiceType service) {
    return new Decoration(view, base, path, entries, service, true);
  }

  /** Adds facts about the root of a document of one object. */
  public Decoration with(Extra facts) {
    this.extra = facts;
    return this;
  }

  /** Names who knows what the codec asks for beyond an object's members. */
  public Decoration asking(BiFunction<Struct, String, @Nullable Object> who) {
    this.asking = who;
    return this;
  }

  /** Writers look whether there is anything before they write it, so the last answer is kept. */
  @Override
  public @Nullable Object asked(Struct struct, String name) {
    if (struct != lastAsked || !name.equals(lastName)) {
      lastAnswer = asking.apply(struct, name);
      lastAsked = struct;
      lastName = name;
      if (lastAnswer instanceof Struct single) {
        settle(single);
      } else if (lastAnswer instanceof List<?> list) {
        list.forEach(
            item -> {
              if (item instanceof Struct single) {
                settle(single);
              }
            });
      }
    }
    return lastAnswer;
  }

  /** Finds a place for an object that no member holds. */
  private void settle(Struct struct) {
    if (struct.id() == null || places.containsKey(struct)) {
      return;
    }
    String path = relative(struct.href());
    if (path == null) {
      path = view.addresses().of(struct);
    }
    Target target = struct.expanded() && path != null ? view.routes().find(path) : null;
    places.put(struct, place(path, target == null ? null : target.service()));
    if (struct.expanded()) {
      lookThrough(struct, struct, path);
    }
  }

  @Override
  public @Nullable String href(Struct struct) {
    Place place = place(struct);
    return place == null || isApi(struct) ? null : place.href;
  }

  private static boolean isApi(Struct struct) {
    return struct.type().name().equals("api");
  }

  @Override
  public List<Link> actions(Struct struct) {
    Place place = place(struct);
    if (place == null || place.href == null || place.service == null || isApi(struct)) {
      return List.of();
    }
    return view.relations().actions(place.service, place.href);
  }

  @Override
  public List<Link> links(Struct struct) {
    Place place = place(struct);
    List<Link> links =
        place == null
                || place.href == null
                || place.service == null
                || ForcedAddress.withoutLinks(struct)
            ? List.of()
            : view.relations().links(place.service, place.href);
    Extra facts = extra;
    if (facts != null && struct == entries.getFirst()) {
      links = new ArrayList<>(links);
      links.addAll(facts.links());
    }
    return links;
  }

  @Override
  public @Nullable String creationStatus(Struct struct) {
    Extra facts = extra;
    return facts != null && struct == entries.getFirst() ? facts.creationStatus() : null;
  }

  private Place place(@Nullable String path, @Nullable ServiceType service) {
    return new Place(path == null ? null : base + path, service);
  }

  private @Nullable Place place(Struct struct) {
    Place place = places.get(struct);
    if (place == null) {
      for (int index = next; index < entries.size(); index++) {
        if (entries.get(index) == struct) {
          next = index + 1;
          places.clear();
          return enter(struct);
        }
      }
    }
    return place;
  }

  private Place enter(Struct entry) {
    String path = relative(entry.href());
    if (path == null) {
      String forced = ForcedAddress.of(entry);
      String id = entry.id();
      if (forced != null) {
        path = forced;
      } else if (!collection) {
        path = requestPath;
      } else if (id != null && entryService != null && requestPath != null) {
        path = requestPath + "/" + id;
      }
    }
    if (ForcedAddress.none(entry)) {
      path = null;
    }
    Place place = place(path, entryService);
    places.put(entry, place);
    lookThrough(entry, entry, path);
    return place;
  }

  /** Finds places for the objects inside {@code struct}, which is a part of {@code owner}. */
  private void lookThrough(Struct struct, Struct owner, @Nullable String ownerPath) {
    for (Member member : struct.type().nesting()) {
      Object value = struct.get(member);
      if (value instanceof Struct single) {
        locate(single, member, owner, ownerPath);
      } else if (value instanceof List<?> list) {
        for (Object item : list) {
          if (item instanceof Struct single) {
            locate(single, member, owner, ownerPath);
          }
        }
      }
    }
  }

  private void locate(Struct struct, Member member, Struct owner, @Nullable String ownerPath) {
    if (struct.id() == null) {
      lookThrough(struct, owner, ownerPath);
      return;
    }
    String path = relative(struct.href());
    if (path == null) {
      path = ForcedAddress.of(struct, member, owner, ownerPath);
    }
    if (path == null) {
      path = view.addresses().of(struct, owner);
    }
    if (path == null && ownerPath != null) {
      path = within(struct, owner, ownerPath);
    }
    ServiceType service = null;
    if (struct.expanded() && path != null) {
      Target target = view.routes().find(path);
      service = target == null ? null : target.service();
    }
    places.put(struct, place(path, service));
    if (struct.expanded() || !member.link()) {
      lookThrough(struct, struct, path);
    }
  }

  /** A part of the owner's own path, or a sibling of the owner in its collection. */
  private @Nullable String within(Struct struct, Struct owner, String ownerPath) {
    String id = "/" + struct.id();
    int at = (ownerPath + "/").indexOf(id + "/");
    if (at >= 0) {
      String path = ownerPath.substring(0, at + id.length());
      Target target = view.routes().find(path);
      if (target != null && holds(target, struct)) {
        return path;
      }
    }
    if (struct.type() == owner.type() && !struct.requireId().equals(owner.id())) {
      int last = ownerPath.lastIndexOf('/');
      if (last > 0 && ownerPath.substring(last + 1).equals(owner.id())) {
        return ownerPath.substring(0, last) + id;
      }
    }
    return null;
  }

  private static boolean holds(Target target, Struct struct) {
    var get = target.service().operation("get");
    var result = get == null ? null : get.result();
    return result != null && struct.type().name().equals(result.reference());
  }

  /**
   * What a feature or the follower put into a struct; the dispatcher drops clients' addresses. A
   * full path is taken as well, so that a feature may repeat what a document says.
   */
  private static @Nullable String relative(@Nullable String href) {
    if (href == null || !href.startsWith("/")) {
      return null;
    }
    return href.startsWith(API) ? href.substring(API.length() - 1) : href;
  }
}
