package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.model.Struct;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.Version;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Accessors of what several objects have in common beyond plain paths. */
final class Accessors {
  static final long MEBIBYTE = 1L << 20;
  static final long GIBIBYTE = 1L << 30;

  private Accessors() {}

  /** Ids of the tags attached. */
  static @Nullable Object tags(Scope scope, Entity<?> entity) {
    return entity.value().get("tags") instanceof List<?> tags
        ? tags.stream()
            .map(tag -> tag instanceof Struct struct ? struct.id() : null)
            .filter(Objects::nonNull)
            .toList()
        : null;
  }

  /** A private attribute of the stored object. */
  static Accessor internal(String name) {
    return (scope, entity) -> entity.internal(name);
  }

  /** A private attribute that holds a point in time in ISO 8601. */
  static Accessor internalTime(String name) {
    return (scope, entity) -> {
      String text = entity.internal(name);
      try {
        return text == null ? null : Instant.parse(text);
      } catch (DateTimeParseException e) {
        return null;
      }
    };
  }

  /** A private attribute that holds a truth value; absent means false. */
  static Accessor internalFlag(String name) {
    return (scope, entity) -> Boolean.parseBoolean(entity.internal(name));
  }

  /** A version as {@code major.minor}, or in full where that is all there is. */
  static Accessor version(Accessor path) {
    return (scope, entity) -> {
      if (!(path.value(scope, entity) instanceof Version version)) {
        return null;
      }
      Long major = version.major();
      Long minor = version.minor();
      return major == null
          ? version.fullVersion()
          : major + "." + Objects.requireNonNullElse(minor, 0L);
    };
  }

  /** The number of entities that refer to this one. */
  static Accessor referrers(Kind<?> kind, String member) {
    return (scope, entity) -> scope.referrers(kind, member, entity).size();
  }

  /** The names of objects. */
  static List<String> names(Collection<? extends Entity<?>> entities) {
    return entities.stream()
        .map(entity -> entity.value().get("name"))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  /** What a second step yields for all that a first one yielded, without duplicates. */
  static List<Entity<?>> through(
      Collection<? extends Entity<?>> first,
      Function<Entity<?>, Collection<? extends Entity<?>>> second) {
    Set<Entity<?>> found = new LinkedHashSet<>();
    first.forEach(entity -> found.addAll(second.apply(entity)));
    return List.copyOf(found);
  }

  /** The product of numbers, of which absent ones count as one; null when all are absent. */
  static Accessor product(Accessor... factors) {
    return (scope, entity) -> {
      Long product = null;
      for (Accessor factor : factors) {
        if (factor.value(scope, entity) instanceof Number number) {
          product = (product == null ? 1 : product) * number.longValue();
        }
      }
      return product;
    };
  }

  /** The sum of numbers, null when one is absent. */
  static Accessor sum(Accessor first, Accessor second) {
    return (scope, entity) ->
        first.value(scope, entity) instanceof Number left
                && second.value(scope, entity) instanceof Number right
            ? left.longValue() + right.longValue()
            : null;
  }

  /** The disks attached to a VM or template. */
  static List<Entity<?>> disks(Scope scope, Entity<?> entity) {
    return scope.owned(Kinds.DISK_ATTACHMENT, entity).stream()
        .flatMap(attachment -> scope.referred(attachment, "disk", Kinds.DISK).stream())
        .toList();
  }

  /** The storage domains that hold a disk. */
  static List<Entity<?>> storageOfDisk(Scope scope, Entity<?> disk) {
    List<Entity<?>> one = scope.referred(disk, "storage_domain", Kinds.STORAGE_DOMAIN);
    if (!(disk.value().get("storage_domains") instanceof List<?> domains)) {
      return one;
    }
    Stream<Entity<?>> listed =
        domains.stream()
            .map(domain -> domain instanceof Struct struct ? struct.id() : null)
            .filter(Objects::nonNull)
            .flatMap(id -> scope.findAny(Kinds.STORAGE_DOMAIN, id).stream());
    return Stream.concat(one.stream(), listed).distinct().toList();
  }

  /** The storage domains that hold the disks of a VM or template. */
  static List<Entity<?>> storageOfDisks(Scope scope, Entity<?> entity) {
    return disks(scope, entity).stream()
        .flatMap(disk -> storageOfDisk(scope, disk).stream())
        .distinct()
        .toList();
  }

  /** The VMs that a disk is attached to. */
  static List<Entity<?>> vmsOfDisk(Scope scope, Entity<?> disk) {
    List<Entity<DiskAttachment>> attachments = scope.referrers(Kinds.DISK_ATTACHMENT, "disk", disk);
    return attachments.stream()
        .flatMap(attachment -> scope.owner(attachment, Kinds.VM).stream())
        .distinct()
        .toList();
  }

  /** A storage domain as attached to data centers. */
  static List<Entity<StorageDomain>> attachments(Scope scope, Entity<?> domain) {
    return scope.referrers(Kinds.ATTACHED_STORAGE_DOMAIN, "id", domain);
  }

  /** The data centers that a storage domain is attached to. */
  static List<Entity<?>> dataCentersOfStorage(Scope scope, Entity<?> domain) {
    return attachments(scope, domain).stream()
        .flatMap(attachment -> scope.owner(attachment, Kinds.DATA_CENTER).stream())
        .toList();
  }

  /** The storage domains attached to a data center. */
  static List<Entity<?>> storageOfDataCenter(Scope scope, Entity<?> dataCenter) {
    return scope.owned(Kinds.ATTACHED_STORAGE_DOMAIN, dataCenter).stream()
        .flatMap(domain -> scope.findAny(Kinds.STORAGE_DOMAIN, domain.id()).stream())
        .toList();
  }

  /** The data center of something that lies in a cluster. */
  static List<Entity<?>> dataCenterOfClusterMember(Scope scope, Entity<?> entity) {
    return scope.referred(entity, "cluster", Kinds.CLUSTER).stream()
        .flatMap(cluster -> scope.referred(cluster, "data_center", Kinds.DATA_CENTER).stream())
        .toList();
  }

  /** The users who were given a role on an object. */
  static List<Entity<?>> permitted(Scope scope, Entity<?> entity, String member) {
    return scope.referrers(Kinds.PERMISSION, member, entity).stream()
        .flatMap(permission -> scope.referred(permission, "user", Kinds.USER).stream())
        .distinct()
        .toList();
  }

  /** The objects on which a user was given a role. */
  static List<Entity<?>> permittedTo(Scope scope, Entity<?> user, String member, Kind<?> kind) {
    return scope.referrers(Kinds.PERMISSION, "user", user).stream()
        .flatMap(permission -> scope.referred(permission, member, kind).stream())
        .distinct()
        .toList();
  }
}
