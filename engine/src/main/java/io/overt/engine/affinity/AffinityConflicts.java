package io.overt.engine.affinity;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Cluster;
import io.overt.scheduling.state.AffinityGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rules of a cluster that cannot be kept together. When all of them are enforced the change is
 * refused, since no machine of theirs could be placed; otherwise an event tells of it (oVirt {@code
 * AffinityRulesUtils}).
 */
final class AffinityConflicts {
  private final Snapshot snapshot;
  private final String changed;
  private final List<AffinityGroup> groups;

  /**
   * A conflict.
   *
   * @param event its type
   */
  private record Conflict(
      String event, Set<String> groups, Set<String> machines, Set<String> hosts, String reason) {}

  private AffinityConflicts(Snapshot snapshot, String changed, List<AffinityGroup> groups) {
    this.snapshot = snapshot;
    this.changed = changed;
    this.groups = groups;
  }

  /** Looks at a group that this transaction has changed, among the others of its cluster. */
  static void check(
      Platform platform, Transaction transaction, Call call, String cluster, String changed) {
    List<AffinityGroup> groups =
        PlacementGroups.of(transaction.current(), new Cluster().id(cluster));
    List<AffinityGroup> enforced = groups.stream().map(AffinityConflicts::enforcedOnly).toList();
    new AffinityConflicts(transaction.current(), changed, enforced)
        .find(true)
        .ifPresent(
            conflict -> {
              throw ApiFault.conflict(
                  "The affinity rules contradict each other: " + conflict.reason());
            });
    AffinityConflicts all = new AffinityConflicts(transaction.current(), changed, groups);
    all.find(false).ifPresent(conflict -> all.report(platform, transaction, call, conflict));
  }

  private static AffinityGroup enforcedOnly(AffinityGroup group) {
    return new AffinityGroup(
        group.id(),
        group.name(),
        group.priority(),
        group.machines(),
        group.hosts(),
        enforced(group.machineRule()),
        enforced(group.hostRule()));
  }

  private static AffinityGroup.Rule enforced(AffinityGroup.Rule rule) {
    return rule.enforcing() ? rule : AffinityGroup.Rule.DISABLED;
  }

  private void report(Platform platform, Transaction transaction, Call call, Conflict conflict) {
    Entity<io.overt.model.types.AffinityGroup> group =
        transaction.find(Kinds.AFFINITY_GROUP, changed).orElseThrow();
    platform
        .events()
        .append(
            transaction,
            conflict.event(),
            platform
                .about(call, group.value())
                .with("AffinityGroups", String.join(", ", conflict.groups()))
                .with("Vms", String.join(", ", conflict.machines()))
                .with("Hosts", String.join(", ", conflict.hosts())));
  }

  /** The first conflict in which the changed group takes part. */
  private Optional<Conflict> find(boolean enforced) {
    return machines()
        .or(() -> hostInBoth(enforced))
        .or(this::hostsApart)
        .or(this::togetherOnNoHost)
        .or(this::tooFewHosts);
  }

  private List<AffinityGroup> having(Predicate<AffinityGroup> condition) {
    return groups.stream().filter(condition).toList();
  }

  private static boolean together(AffinityGroup group) {
    return group.machineRule().enabled() && group.machineRule().positive();
  }

  private static boolean apart(AffinityGroup group) {
    return group.machineRule().enabled() && !group.machineRule().positive();
  }

  private static boolean on(AffinityGroup group) {
    return group.hostRule().enabled() && group.hostRule().positive() && !group.hosts().isEmpty();
  }

  private static boolean off(AffinityGroup group) {
    return group.hostRule().enabled() && !group.hostRule().positive();
  }

  /** Positive groups that share machines are one. */
  private record Unified(Set<String> machines, List<AffinityGroup> of) {}

  private List<Unified> unified() {
    List<Unified> unified = new ArrayList<>();
    for (AffinityGroup group : having(AffinityConflicts::together)) {
      Set<String> machines = new HashSet<>(group.machines());
      List<AffinityGroup> of = new ArrayList<>(List.of(group));
      for (Unified other : List.copyOf(unified)) {
        if (!common(machines, other.machines()).isEmpty()) {
          machines.addAll(other.machines());
          of.addAll(other.of());
          unified.remove(other);
        }
      }
      unified.add(new Unified(machines, of));
    }
    return unified;
  }

  /** Machines that must be together and must not. */
  private Optional<Conflict> machines() {
    for (Unified one : unified()) {
      for (AffinityGroup negative : having(AffinityConflicts::apart)) {
        Set<String> both = common(one.machines(), negative.machines());
        if (both.size() > 1 && concerns(one.of(), List.of(negative))) {
          return conflict(
              "VM_TO_VM_AFFINITY_CONFLICTS",
              one.of(),
              List.of(negative),
              both,
              Set.of(),
              "%s are to be together by %s and apart by %s");
        }
      }
    }
    return Optional.empty();
  }

  /** A host that a machine is to be on, and not to be on. */
  private Optional<Conflict> hostInBoth(boolean enforced) {
    for (AffinityGroup positive : having(AffinityConflicts::on)) {
      for (AffinityGroup negative : having(AffinityConflicts::off)) {
        Set<String> machines = common(positive.machines(), negative.machines());
        Set<String> hosts = common(positive.hosts(), negative.hosts());
        if (!machines.isEmpty()
            && !hosts.isEmpty()
            && concerns(List.of(positive), List.of(negative))) {
          return conflict(
              enforced
                  ? "VM_TO_HOST_CONFLICT_IN_ENFORCING_POSITIVE_AND_NEGATIVE_AFFINITY"
                  : "VM_TO_HOST_CONFLICT_IN_POSITIVE_AND_NEGATIVE_AFFINITY",
              List.of(positive),
              List.of(negative),
              machines,
              hosts,
              "%s are to be on a host by %s and off it by %s");
        }
      }
    }
    return Optional.empty();
  }

  /** A machine that is to be on one of some hosts, and on one of quite others. */
  private Optional<Conflict> hostsApart() {
    List<AffinityGroup> positive = having(AffinityConflicts::on);
    for (AffinityGroup one : positive) {
      for (AffinityGroup other : positive) {
        Set<String> machines = common(one.machines(), other.machines());
        if (!one.equals(other)
            && !machines.isEmpty()
            && common(one.hosts(), other.hosts()).isEmpty()
            && concerns(List.of(one), List.of(other))) {
          return conflict(
              "NON_INTERSECTING_POSITIVE_HOSTS_AFFINITY_CONFLICTS",
              List.of(one),
              List.of(other),
              machines,
              union(one.hosts(), other.hosts()),
              "%s are to be on hosts of %s and of %s, which have none in common");
        }
      }
    }
    return Optional.empty();
  }

  /** Machines that are to be together, but whose hosts have none in common. */
  private Optional<Conflict> togetherOnNoHost() {
    for (Unified one : unified()) {
      Set<String> left = null;
      List<AffinityGroup> bound = new ArrayList<>();
      for (AffinityGroup group : having(group -> on(group) || off(group))) {
        if (!common(group.machines(), one.machines()).isEmpty()) {
          bound.add(group);
        }
      }
      for (AffinityGroup group : bound) {
        if (on(group)) {
          left = left == null ? new HashSet<>(group.hosts()) : common(left, group.hosts());
        }
      }
      if (left == null) {
        continue;
      }
      for (AffinityGroup group : bound) {
        if (off(group)) {
          left.removeAll(group.hosts());
        }
      }
      if (left.isEmpty() && concerns(one.of(), bound)) {
        return conflict(
            "VM_TO_HOST_CONFLICTS_POSITIVE_VM_TO_VM_AFFINITY",
            one.of(),
            bound,
            one.machines(),
            hosts(bound),
            "%s are to be together by %s, but by %s no host may have them all");
      }
    }
    return Optional.empty();
  }

  /** Machines that are to be apart, with fewer hosts to be on than there are machines. */
  private Optional<Conflict> tooFewHosts() {
    for (AffinityGroup negative : having(AffinityConflicts::apart)) {
      for (AffinityGroup bound : having(AffinityConflicts::on)) {
        Set<String> machines = common(negative.machines(), bound.machines());
        if (machines.size() > bound.hosts().size() && concerns(List.of(negative), List.of(bound))) {
          return conflict(
              "VM_TO_HOST_CONFLICTS_NEGATIVE_VM_TO_VM_AFFINITY",
              List.of(negative),
              List.of(bound),
              machines,
              bound.hosts(),
              "%s are to be apart by %s, but there are fewer hosts in %s");
        }
      }
    }
    return Optional.empty();
  }

  private boolean concerns(List<AffinityGroup> some, List<AffinityGroup> others) {
    return some.stream().anyMatch(group -> group.id().equals(changed))
        || others.stream().anyMatch(group -> group.id().equals(changed));
  }

  private Optional<Conflict> conflict(
      String event,
      List<AffinityGroup> some,
      List<AffinityGroup> others,
      Set<String> machines,
      Set<String> hosts,
      String reason) {
    Set<String> names = names(some);
    Set<String> otherNames = names(others);
    Set<String> vms = machines.stream().map(this::machine).collect(sorted());
    Set<String> all = new LinkedHashSet<>(names);
    all.addAll(otherNames);
    return Optional.of(
        new Conflict(
            event,
            all,
            vms,
            hosts.stream().map(this::host).collect(sorted()),
            reason.formatted(
                String.join(", ", vms), String.join(", ", names), String.join(", ", otherNames))));
  }

  private static Collector<String, ?, Set<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }

  private static Set<String> names(List<AffinityGroup> groups) {
    return groups.stream().map(group -> "'" + group.name() + "'").collect(sorted());
  }

  private String machine(String id) {
    return name(snapshot.find(Kinds.VM, id).map(vm -> vm.value().name()).orElse(null), id);
  }

  private String host(String id) {
    return name(snapshot.find(Kinds.HOST, id).map(host -> host.value().name()).orElse(null), id);
  }

  private static String name(@Nullable String name, String id) {
    return name == null ? id : name;
  }

  private static Set<String> common(Collection<String> some, Set<String> others) {
    return some.stream().filter(others::contains).collect(Collectors.toCollection(HashSet::new));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  private static Set<String> hosts(List<AffinityGroup> groups) {
    return groups.stream().flatMap(group -> group.hosts().stream()).collect(Collectors.toSet());
  }
}
