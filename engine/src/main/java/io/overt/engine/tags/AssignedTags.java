package io.overt.engine.tags;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedTagService;
import io.overt.model.services.AssignedTagsService;
import io.overt.model.types.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /vms/{id}/tags} and the like: which tags an object bears. */
public final class AssignedTags<T extends Struct> implements AssignedTagsService {
  private final Platform platform;
  private final Resource<T> owners;
  private final Resource<Tag> tags;
  private final String ownerId;

  public AssignedTags(Platform platform, Kind<T> kind, String ownerId) {
    this.platform = platform;
    this.owners = new Resource<>(platform, kind);
    this.tags = new Resource<>(platform, Kinds.TAG);
    this.ownerId = ownerId;
  }

  @Override
  public List<Tag> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    if (owners.absent(request.call(), snapshot, ownerId)) {
      return List.of();
    }
    Entity<T> owner = owners.require(request.call(), snapshot, ownerId);
    List<Entity<Tag>> rows =
        assigned(owner).stream()
            .map(tag -> snapshot.find(Kinds.TAG, tag.requireId()))
            .flatMap(Optional::stream)
            .toList();
    return tags.list(request.call(), snapshot, rows).stream()
        .map(tag -> described(shown(owner, tag)))
        .toList();
  }

  @Override
  public Outcome<Tag> add(AddRequest request) {
    Call call = request.call();
    Tag body = platform.body(request.tag());
    Tag added =
        platform.write(
            transaction -> {
              Entity<T> owner = owners.require(call, transaction, ownerId);
              Entity<Tag> tag = References.resolve(transaction, Kinds.TAG, body);
              List<Tag> all = new ArrayList<>(assigned(owner));
              if (all.stream().noneMatch(known -> tag.id().equals(known.id()))) {
                all.add(new Tag().id(tag.id()));
                store(transaction, owner, all);
                report(transaction, call, "USER_ATTACH_TAG_TO_", owner, tag.value());
              }
              return shown(owner, tag.value());
            });
    return Outcome.done(added);
  }

  @Override
  public AssignedTagService tag(String id) {
    return new AssignedTagService() {
      @Override
      public Tag get(GetRequest request) {
        Snapshot snapshot = platform.snapshot();
        Entity<T> owner = owners.require(request.call(), snapshot, ownerId);
        requireAssigned(owner, id);
        return described(shown(owner, tags.get(request.call(), id)));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<T> owner = owners.require(call, transaction, ownerId);
              requireAssigned(owner, id);
              List<Tag> left =
                  assigned(owner).stream().filter(tag -> !id.equals(tag.id())).toList();
              store(transaction, owner, left);
              tagOf(transaction, id)
                  .ifPresent(tag -> report(transaction, call, "USER_DETACH_", owner, tag));
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  private static Optional<Tag> tagOf(Transaction transaction, String id) {
    return transaction.find(Kinds.TAG, id).map(Entity::value);
  }

  @SuppressWarnings("unchecked")
  private void store(Transaction transaction, Entity<T> owner, List<Tag> all) {
    T changed = (T) owner.value().copy();
    changed.set("tags", all);
    transaction.update(owner, changed);
  }

  @SuppressWarnings("unchecked")
  private static List<Tag> assigned(Entity<?> owner) {
    return owner.value().get("tags") instanceof List<?> tags ? (List<Tag>) tags : List.of();
  }

  private static void requireAssigned(Entity<?> owner, String id) {
    if (assigned(owner).stream().noneMatch(tag -> id.equals(tag.id()))) {
      throw ApiFault.notFound();
    }
  }

  /** The tag with a reference to the object that bears it, which also gives its address. */
  private Tag shown(Entity<T> owner, Tag tag) {
    Struct reference = owner.value().type().create();
    reference.set("id", owner.id());
    Tag shown = tag.copy();
    if (shown.type().find(owner.kind().name()) != null) {
      shown.set(owner.kind().name(), reference);
    }
    return shown;
  }

  /** Reading an assigned tag shows an empty description, other answers none (engine 4.5). */
  private static Tag described(Tag tag) {
    return tag.description() == null ? tag.description("") : tag;
  }

  private void report(Transaction transaction, Call call, String prefix, Entity<T> owner, Tag tag) {
    String noun =
        switch (owner.kind().name()) {
          case "host" -> "VDS";
          case "group" -> "USER_GROUP";
          case "template", "user", "vm" -> owner.kind().name().toUpperCase(Locale.ROOT);
          default -> throw new IllegalStateException("no tag events for " + owner.kind());
        };
    String type = prefix.startsWith("USER_ATTACH") ? prefix + noun : prefix + noun + "_FROM_TAG";
    platform
        .events()
        .append(
            transaction,
            type,
            platform
                .about(call, owner.value())
                .and(tag)
                .with("AttachedName", owner.value().get("name")));
  }
}
