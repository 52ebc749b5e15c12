package io.overt.engine.affinity;

import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.AffinityGroup;
import io.overt.model.types.AffinityRule;
import io.overt.model.types.Host;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of an affinity group, in their present form and in the older one for VMs alone. */
final class AffinityRules {
  private AffinityRules() {}

  /**
   * Completes a group whose members are known.
   *
   * @param body what the client sent: {@code positive} and {@code enforcing} of the group itself
   *     stand for those of the rule for VMs
   */
  static void settle(AffinityGroup group, AffinityGroup body) {
    AffinityRule vms = copy(group.vmsRule());
    if (body.vmsRule() != null && body.vmsRule().enabled() == null) {
      vms.enabled(true);
    }
    if (body.positive() != null && (body.vmsRule() == null || body.vmsRule().positive() == null)) {
      vms.enabled(true).positive(body.positive());
    }
    if (body.enforcing() != null
        && (body.vmsRule() == null || body.vmsRule().enforcing() == null)) {
      vms.enforcing(body.enforcing());
    }
    AffinityRule hosts = copy(group.hostsRule());
    if (body.hostsRule() != null && body.hostsRule().enabled() == null) {
      hosts.enabled(true);
    }
    group
        .vmsRule(complete(vms))
        .hostsRule(complete(hosts))
        .positive(null)
        .enforcing(null)
        .broken(null)
        .priority(Objects.requireNonNullElse(group.priority(), BigDecimal.ONE));
  }

  private static AffinityRule copy(@Nullable AffinityRule rule) {
    return rule == null ? new AffinityRule() : rule.copy();
  }

  private static AffinityRule complete(AffinityRule rule) {
    return rule.enabled(Boolean.TRUE.equals(rule.enabled()))
        .positive(Boolean.TRUE.equals(rule.positive()))
        .enforcing(Boolean.TRUE.equals(rule.enforcing()));
  }

  /** The group with what follows from its rules and from where its VMs run. */
  static AffinityGroup shown(Snapshot snapshot, AffinityGroup stored) {
    AffinityGroup group = stored.copy();
    AffinityRule vms = copy(stored.vmsRule());
    boolean enabled = Boolean.TRUE.equals(vms.enabled());
    return group
        .enforcing(Boolean.TRUE.equals(vms.enforcing()))
        .positive(enabled ? Boolean.TRUE.equals(vms.positive()) : null)
        .broken(isBroken(snapshot, stored))
        .vms(Objects.requireNonNullElse(stored.vms(), List.of()))
        .hosts(Objects.requireNonNullElse(stored.hosts(), List.of()))
        .vmLabels(Objects.requireNonNullElse(stored.vmLabels(), List.of()))
        .hostLabels(Objects.requireNonNullElse(stored.hostLabels(), List.of()));
  }

  /** Whether VMs run where the rules do not want them. */
  private static boolean isBroken(Snapshot snapshot, AffinityGroup group) {
    Set<String> vms = PlacementGroups.members(snapshot, group, "vms", "vm_labels");
    Set<String> hosts = PlacementGroups.members(snapshot, group, "hosts", "host_labels");
    List<String> places =
        vms.stream()
            .flatMap(id -> snapshot.find(Kinds.VM, id).stream())
            .map(vm -> vm.value().host())
            .filter(Objects::nonNull)
            .map(Host::requireId)
            .toList();
    return breaks(group.vmsRule(), places) || breaks(group.hostsRule(), places, hosts);
  }

  private static boolean breaks(@Nullable AffinityRule rule, List<String> places) {
    if (rule == null || !Boolean.TRUE.equals(rule.enabled()) || places.isEmpty()) {
      return false;
    }
    long different = places.stream().distinct().count();
    return Boolean.TRUE.equals(rule.positive()) ? different > 1 : different < places.size();
  }

  private static boolean breaks(
      @Nullable AffinityRule rule, List<String> places, Set<String> hosts) {
    if (rule == null || !Boolean.TRUE.equals(rule.enabled()) || hosts.isEmpty()) {
      return false;
    }
    boolean positive = Boolean.TRUE.equals(rule.positive());
    return places.stream().anyMatch(place -> hosts.contains(place) != positive);
  }
}
