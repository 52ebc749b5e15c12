package io.overt.access.permissions;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a caller's permissions lead in one snapshot: the objects they are on, and what these reveal
 * of what they are part of.
 */
final class Reach {

  /** Which roles count. */
  enum Counting {
    /** Those of users: what a filtered answer shows. */
    USER_ROLES,
    /** All: what an administrator of some objects sees unfiltered. */
    ALL_ROLES
  }

  private static final Set<Permit> OWN_PROFILE_ONLY = Set.of(Permit.EDIT_PROFILE, Permit.LOGIN);

  /** Objects with a permission, and whether a role there opens what is below. */
  private final Map<Key, Boolean> roots = new HashMap<>();

  private final Set<Key> revealed = new HashSet<>();
  private boolean onSystem;
  private boolean systemOpen;

  static Reach of(Snapshot snapshot, Held held, Counting counting) {
    Reach reach = new Reach();
    for (Held.Grant grant : held.grants()) {
      boolean administrative = Roles.administrative(grant.role());
      if (counting == Counting.USER_ROLES && administrative) {
        continue;
      }
      boolean opens = Roles.opensChildren(grant.role()) || administrative;
      Key object = grant.object();
      if (object == null) {
        // Everyone may edit the own profile on the system: that shows nothing of the system.
        if (!OWN_PROFILE_ONLY.containsAll(Roles.permits(grant.role()))) {
          reach.onSystem = true;
          reach.systemOpen |= opens;
        }
      } else {
        reach.roots.merge(object, opens, Boolean::logicalOr);
        reach.revealed.addAll(revealedBy(snapshot, object));
        if (administrative) {
          reach.revealed.addAll(Parents.closure(snapshot, object));
        }
      }
    }
    return reach;
  }

  boolean has(Key object) {
    return roots.containsKey(object);
  }

  boolean opens(Key object) {
    return roots.getOrDefault(object, false);
  }

  boolean reveals(Key object) {
    return revealed.contains(object);
  }

  boolean onSystem() {
    return onSystem;
  }

  boolean systemOpen() {
    return systemOpen;
  }

  boolean hasRoots() {
    return !roots.isEmpty();
  }

  /** What becomes visible through a permission on a part of it. */
  private static List<Key> revealedBy(Snapshot snapshot, Key object) {
    List<Key> keys = new ArrayList<>();
    Entity<?> entity = snapshot.find(object).orElse(null);
    if (entity == null) {
      return keys;
    }
    switch (object.kind()) {
      case "vm" -> {
        Parents.addLink(keys, entity, "vm_pool");
        List<Key> templates = new ArrayList<>();
        Parents.addLink(templates, entity, "template");
        keys.addAll(templates);
        addPlacement(snapshot, keys, entity);
        templates.forEach(template -> addStorage(snapshot, keys, template));
      }
      case "template" -> {
        Parents.addLink(keys, entity, "cluster");
        addStorage(snapshot, keys, object);
        addProfiles(snapshot, keys, object);
      }
      case "vm_pool", "cluster" ->
          Parents.closure(snapshot, object).stream()
              .filter(key -> key.kind().equals("data_center"))
              .forEach(keys::add);
      default -> {}
    }
    return keys;
  }

  private static void addPlacement(Snapshot snapshot, List<Key> keys, Entity<?> vm) {
    Parents.closure(snapshot, vm.key()).stream()
        .filter(key -> !key.equals(vm.key()))
        .forEach(keys::add);
    addStorage(snapshot, keys, vm.key());
    addProfiles(snapshot, keys, vm.key());
  }

  private static void addStorage(Snapshot snapshot, List<Key> keys, Key diskUser) {
    for (Key disk : Parents.disks(snapshot, diskUser)) {
      keys.addAll(Parents.storageDomains(snapshot, disk.id()));
    }
  }

  private static void addProfiles(Snapshot snapshot, List<Key> keys, Key nicUser) {
    snapshot.owned(Kinds.NIC, nicUser).forEach(nic -> Parents.addLink(keys, nic, "vnic_profile"));
  }
}
