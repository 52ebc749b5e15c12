package io.overt.engine.vms.run;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Struct;
import io.overt.model.types.AffinityGroup;
import io.overt.model.types.AffinityLabel;
import io.overt.model.types.AffinityRule;
import io.overt.model.types.Vm;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The machines that must be where a machine is: groups that insist on that, taken together. */
final class AffinityClosure {
  private AffinityClosure() {}

  /** The other machines that run on the same host, and belong together with this one. */
  static List<Entity<Vm>> around(Snapshot snapshot, Entity<Vm> vm) {
    List<Set<String>> groups =
        snapshot.all(Kinds.AFFINITY_GROUP).stream()
            .map(Entity::value)
            .filter(AffinityClosure::insists)
            .map(group -> members(snapshot, group))
            .toList();
    Map<String, Entity<Vm>> found = new LinkedHashMap<>(Map.of(vm.id(), vm));
    Deque<String> open = new ArrayDeque<>(List.of(vm.id()));
    while (!open.isEmpty()) {
      String member = open.remove();
      groups.stream()
          .filter(group -> group.contains(member))
          .flatMap(Set::stream)
          .filter(other -> !found.containsKey(other))
          .distinct()
          .toList()
          .forEach(
              other -> {
                open.add(other);
                snapshot.find(Kinds.VM, other).ifPresent(entity -> found.put(other, entity));
              });
    }
    found.remove(vm.id());
    String host = hostOf(vm);
    return found.values().stream().filter(other -> host.equals(hostOf(other))).toList();
  }

  private static boolean insists(AffinityGroup group) {
    AffinityRule rule = group.vmsRule();
    return rule != null
        && Boolean.TRUE.equals(rule.enabled())
        && Boolean.TRUE.equals(rule.positive())
        && Boolean.TRUE.equals(rule.enforcing());
  }

  private static Set<String> members(Snapshot snapshot, AffinityGroup group) {
    Set<String> members = new TreeSet<>(ids(group.vms()));
    for (String label : ids(group.vmLabels())) {
      snapshot
          .find(Kinds.AFFINITY_LABEL, label)
          .map(Entity::value)
          .map(AffinityLabel::vms)
          .ifPresent(vms -> members.addAll(ids(vms)));
    }
    return members;
  }

  private static List<String> ids(@Nullable List<? extends Struct> references) {
    return Objects.requireNonNullElse(references, List.<Struct>of()).stream()
        .map(Struct::id)
        .filter(Objects::nonNull)
        .toList();
  }

  private static String hostOf(Entity<Vm> vm) {
    return vm.value().host() == null ? "" : vm.value().host().requireId();
  }
}
