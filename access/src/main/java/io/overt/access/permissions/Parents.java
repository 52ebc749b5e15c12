package io.overt.access.permissions;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Struct;
import io.overt.model.types.StorageDomain;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What lies directly above an object in the tree of permissions; the system is above everything and
 * not named. A kind without a line has its owner above it.
 *
 * <p>Differs from oVirt engine 4.5 where that looks at one row only: a disk is below all its VMs
 * and domains, a template below its cluster.
 */
final class Parents {
  private static final Map<String, BiFunction<Snapshot, Entity<?>, List<Key>>> RULES =
      Map.ofEntries(
          Map.entry("vm", links("cluster")),
          Map.entry("host", links("cluster")),
          Map.entry("vm_pool", links("cluster")),
          Map.entry("cpu_profile", links("cluster")),
          Map.entry("affinity_group", links("cluster")),
          Map.entry("cluster", links("data_center")),
          Map.entry("network", links("data_center")),
          Map.entry("quota", links("data_center")),
          Map.entry("qos", links("data_center")),
          Map.entry("iscsi_bond", links("data_center")),
          Map.entry("vnic_profile", links("network")),
          Map.entry("disk_profile", links("storage_domain")),
          Map.entry("disk_snapshot", links("disk")),
          Map.entry("image_transfer", links("disk")),
          Map.entry("template", Parents::ofTemplate),
          Map.entry("storage_domain", (snapshot, domain) -> dataCenters(snapshot, domain.id())),
          Map.entry("disk", Parents::ofDisk),
          Map.entry("permission", (snapshot, permission) -> ofPermission(permission)),
          Map.entry("cluster_network", twins(Kinds.NETWORK)),
          Map.entry("attached_storage_domain", twins(Kinds.STORAGE_DOMAIN)));

  private Parents() {}

  /** The object itself and all that lies above it, nearest first. */
  static Set<Key> closure(Snapshot snapshot, Key object) {
    Set<Key> found = new LinkedHashSet<>();
    found.add(object);
    Deque<Key> open = new ArrayDeque<>();
    open.add(object);
    for (Key next = open.poll(); next != null; next = open.poll()) {
      Optional<Entity<?>> entity = snapshot.find(next);
      if (entity.isPresent()) {
        for (Key parent : of(snapshot, entity.get())) {
          if (found.add(parent)) {
            open.add(parent);
          }
        }
      }
    }
    return found;
  }

  static List<Key> of(Snapshot snapshot, Entity<?> entity) {
    BiFunction<Snapshot, Entity<?>, List<Key>> rule = RULES.get(entity.kind().name());
    if (rule != null) {
      return rule.apply(snapshot, entity);
    }
    Key owner = entity.owner();
    return owner == null ? List.of() : List.of(owner);
  }

  /** The data centers that a storage domain is attached to. */
  static List<Key> dataCenters(Snapshot snapshot, String storageDomain) {
    return owners(snapshot.referrers(Kinds.ATTACHED_STORAGE_DOMAIN, "id", storageDomain));
  }

  /** The VMs and templates that a disk is attached to. */
  static List<Key> usersOfDisk(Snapshot snapshot, String disk) {
    return owners(snapshot.referrers(Kinds.DISK_ATTACHMENT, "disk", disk));
  }

  /** The disks of a VM or template. */
  static List<Key> disks(Snapshot snapshot, Key user) {
    List<Key> disks = new ArrayList<>();
    snapshot.owned(Kinds.DISK_ATTACHMENT, user).forEach(a -> addLink(disks, a, "disk"));
    return disks;
  }

  /** The storage domains that a disk is stored in. */
  static List<Key> storageDomains(Snapshot snapshot, String disk) {
    return snapshot.find(Kinds.DISK, disk).map(Parents::storageDomains).orElse(List.of());
  }

  private static List<Key> storageDomains(Entity<?> disk) {
    List<Key> domains = new ArrayList<>();
    if (disk.value().get("storage_domains") instanceof Collection<?> stored) {
      for (Object one : stored) {
        if (one instanceof StorageDomain domain && domain.id() != null) {
          domains.add(Kinds.STORAGE_DOMAIN.key(domain.requireId()));
        }
      }
    }
    addLink(domains, disk, "storage_domain");
    return domains;
  }

  private static List<Key> ofTemplate(Snapshot snapshot, Entity<?> template) {
    List<Key> parents = new ArrayList<>();
    addLink(parents, template, "cluster");
    for (Key disk : disks(snapshot, template.key())) {
      for (Key domain : storageDomains(snapshot, disk.id())) {
        parents.addAll(dataCenters(snapshot, domain.id()));
      }
    }
    return parents;
  }

  private static List<Key> ofDisk(Snapshot snapshot, Entity<?> disk) {
    List<Key> parents = new ArrayList<>(storageDomains(disk));
    for (Key user : usersOfDisk(snapshot, disk.id())) {
      if (user.kind().equals("vm")) {
        parents.add(user);
      }
    }
    return parents;
  }

  private static List<Key> ofPermission(Entity<?> permission) {
    Key object = permission.owner();
    return object == null ? List.of() : List.of(object);
  }

  /** An association is below both of its ends. */
  private static BiFunction<Snapshot, Entity<?>, List<Key>> twins(Kind<?> twin) {
    return (snapshot, association) -> {
      List<Key> parents = new ArrayList<>();
      parents.add(twin.key(association.id()));
      Key owner = association.owner();
      if (owner != null) {
        parents.add(owner);
      }
      return parents;
    };
  }

  private static BiFunction<Snapshot, Entity<?>, List<Key>> links(String... members) {
    return (snapshot, entity) -> {
      List<Key> parents = new ArrayList<>();
      for (String member : members) {
        addLink(parents, entity, member);
      }
      return parents;
    };
  }

  static void addLink(List<Key> keys, Entity<?> entity, String member) {
    if (entity.value().get(member) instanceof Struct target && target.id() != null) {
      Kind<?> kind = Kinds.ofType(target.type());
      if (kind != null) {
        keys.add(kind.key(target.requireId()));
      }
    }
  }

  private static <T extends Struct> List<Key> owners(List<Entity<T>> owned) {
    List<Key> owners = new ArrayList<>();
    for (Entity<T> entity : owned) {
      Key owner = entity.owner();
      if (owner != null) {
        owners.add(owner);
      }
    }
    return owners;
  }
}
