package io.overt.engine.tags;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.TagService;
import io.overt.model.services.TagsService;
import io.overt.model.types.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code /tags}: a tree under one root that can be neither renamed nor removed. */
public final class Tags implements TagsService {
  /** The root tag's id in every oVirt engine. */
  public static final String ROOT = "00000000-0000-0000-0000-000000000000";

  private static final int NAME_LIMIT = 50;
  private final Platform platform;
  private final Resource<Tag> resource;

  public Tags(Platform platform) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.TAG);
  }

  /** The tree begins with its root. */
  public static void install(Transaction transaction) {
    transaction.insert(Kinds.TAG, new Tag().id(ROOT).name("root").description("root"));
  }

  @Override
  public List<Tag> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<Tag> add(AddRequest request) {
    Tag body = platform.body(request.tag());
    Entity<Tag> added =
        platform.write(
            transaction -> {
              Tag tag = checked(body.copy(), "add").id(platform.newId());
              tag.description(Objects.requireNonNullElse(tag.description(), ""));
              String parent =
                  References.optional(transaction, Kinds.TAG, body.parent())
                      .map(Entity::id)
                      .orElse(ROOT);
              Entity<Tag> entity = transaction.insert(Kinds.TAG, tag.parent(new Tag().id(parent)));
              platform.report(transaction, "USER_ADD_TAG", request.call(), entity.value());
              return entity;
            });
    return Outcome.done(resource.present(request.call(), added));
  }

  @Override
  public TagService tag(String id) {
    return new TagService() {
      @Override
      public Tag get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<Tag> update(UpdateRequest request) {
        Tag body = platform.body(request.tag());
        Entity<Tag> updated =
            platform.write(
                transaction -> {
                  Entity<Tag> current = resource.require(request.call(), transaction, id);
                  refuseRoot(id, "changed");
                  Tag merged = Updates.merge(current.value(), body, Set.of("parent"));
                  References.optional(transaction, Kinds.TAG, body.parent())
                      .ifPresent(parent -> merged.parent(outside(transaction, current, parent)));
                  Entity<Tag> entity = transaction.update(current, checked(merged, "update"));
                  platform.report(transaction, "USER_UPDATE_TAG", request.call(), entity.value());
                  return entity;
                });
        return Outcome.done(resource.present(request.call(), updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            transaction -> {
              Entity<Tag> current = resource.require(request.call(), transaction, id);
              refuseRoot(id, "removed");
              transaction.delete(current);
              platform.report(transaction, "USER_REMOVE_TAG", request.call(), current.value());
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  private static void refuseRoot(String id, String what) {
    if (id.equals(ROOT)) {
      throw ApiFault.conflict("The root tag cannot be " + what + ".");
    }
  }

  /** A tag must not become its own descendant. */
  private static Tag outside(Transaction transaction, Entity<Tag> tag, Entity<Tag> parent) {
    Set<String> seen = new HashSet<>();
    Entity<Tag> at = parent;
    while (at != null && seen.add(at.id())) {
      if (at.id().equals(tag.id())) {
        throw ApiFault.conflict(
            "Tag '" + tag.value().name() + "' cannot be moved below itself or its descendants.");
      }
      Tag above = at.value().parent();
      at =
          above == null
              ? null
              : transaction.find(Kinds.TAG, Objects.requireNonNull(above.id())).orElse(null);
    }
    return new Tag().id(parent.id());
  }

  private static Tag checked(Tag tag, String operation) {
    Names.dotted(Names.required(tag.name(), "Tag", operation), "tag.name", NAME_LIMIT);
    return tag;
  }
}
