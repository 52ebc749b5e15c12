package io.overt.access.login;

import io.overt.access.directory.Directory;
import io.overt.access.directory.DirectoryGroup;
import io.overt.access.directory.DirectoryUser;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.types.Domain;
import io.overt.model.types.Group;
import io.overt.model.types.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The engine's users and groups that stand for entries of the directory. */
public final class EngineUsers {
  private EngineUsers() {}

  /** The name under which the engine knows a user: {@code admin@internal-authz}. */
  public static String principalName(DirectoryUser user) {
    return user.name() + "@" + Directory.AUTHZ;
  }

  /** The engine's user of a directory entry, if it is known. */
  public static Optional<Entity<User>> find(Snapshot snapshot, DirectoryUser user) {
    return snapshot.byName(Kinds.USER, "", principalName(user));
  }

  /** The engine's user of a directory entry, made when it is not known yet. */
  public static Entity<User> add(Transaction transaction, DirectoryUser user) {
    Optional<Entity<User>> known = find(transaction.current(), user);
    if (known.isEmpty()) {
      return transaction.insert(Kinds.USER, value(user).id(UUID.randomUUID().toString()));
    }
    User updated = known.get().value().copy();
    updated.merge(value(user));
    return updated.equals(known.get().value())
        ? known.get()
        : transaction.update(known.get(), updated);
  }

  /** The engine's group of a directory entry, made when it is not known yet. */
  public static Entity<Group> add(Transaction transaction, DirectoryGroup group) {
    Optional<Entity<Group>> known =
        find(transaction.current(), Set.of(group.entryId())).stream().findFirst();
    return known.orElseGet(
        () ->
            transaction.insert(
                Kinds.GROUP,
                new Group()
                    .id(UUID.randomUUID().toString())
                    .name(group.name())
                    .namespace("*")
                    .domainEntryId(group.entryId())
                    .domain(domain())));
  }

  /** The engine's groups that stand for these entries. */
  static List<Entity<Group>> find(Snapshot snapshot, Set<String> entryIds) {
    return snapshot.all(Kinds.GROUP).stream()
        .filter(group -> entryIds.contains(String.valueOf(group.value().domainEntryId())))
        .toList();
  }

  /** Makes or updates the user at login, and writes only if something is new. */
  static Entity<User> atLogin(Inventory inventory, DirectoryUser user, Set<String> groupEntryIds) {
    return inventory.writeRetrying(
        transaction -> {
          Entity<User> entity = add(transaction, user);
          Set<String> held =
              find(transaction.current(), groupEntryIds).stream()
                  .map(Entity::id)
                  .collect(Collectors.toSet());
          List<Group> before = entity.value().groups();
          Set<String> had =
              before == null
                  ? Set.of()
                  : before.stream().map(Group::requireId).collect(Collectors.toSet());
          if (held.equals(had)) {
            return entity;
          }
          List<Group> groups = new ArrayList<>();
          held.stream().sorted().forEach(id -> groups.add(new Group().id(id)));
          return transaction.update(entity, entity.value().copy().groups(groups));
        });
  }

  private static User value(DirectoryUser user) {
    return new User()
        .name(user.firstName().isEmpty() ? user.name() : user.firstName())
        .lastName(user.lastName())
        .email(user.email())
        .department(user.department())
        .namespace("*")
        .principal(user.name())
        .userName(principalName(user))
        .domainEntryId(user.entryId())
        .domain(domain());
  }

  private static Domain domain() {
    return new Domain().id(Directory.DOMAIN_ID).name(Directory.AUTHZ);
  }
}
