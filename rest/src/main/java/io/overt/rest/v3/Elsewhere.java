package io.overt.rest.v3;

import io.overt.model.Struct;
import io.overt.model.types.VmStatus;
import io.overt.rest.api.Inner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What version 3 says of an object although the model has it elsewhere; each other object is asked
 * for once in a document.
 */
final class Elsewhere implements BiFunction<Struct, String, @Nullable Object> {
  private final Inner inner;
  private final List<String> details;
  private final Map<String, Optional<Struct>> known = new HashMap<>();

  Elsewhere(Inner inner, List<String> details) {
    this.inner = inner;
    this.details = details;
  }

  @Override
  public @Nullable Object apply(Struct struct, String name) {
    return switch (struct.type().name() + "." + name) {
      case "vm.ips" -> addresses(struct);
      case "vm.disks" -> disks("/vms/", struct);
      case "template.disks" -> disks("/templates/", struct);
      case "nic.network" -> network(struct);
      case "nic.port_mirroring" -> mirrored(struct);
      case "cluster.scheduling_policy" -> policy(struct);
      default -> struct.get(name);
    };
  }

  private @Nullable List<?> disks(String collection, Struct owner) {
    return details.contains("disks") && owner.id() != null
        ? AttachedDisks.inline(inner, collection + owner.id())
        : null;
  }

  /** What the guest says; one that does not run says nothing. */
  private @Nullable List<Object> addresses(Struct vm) {
    Object status = vm.get("status");
    if (vm.id() == null || status == null || status == VmStatus.DOWN) {
      return null;
    }
    List<Object> addresses = new ArrayList<>();
    for (Struct device : inner.list("/vms/" + vm.id() + "/reporteddevices")) {
      if (device.get("ips") instanceof List<?> ips) {
        addresses.addAll(ips);
      }
    }
    return addresses.isEmpty() ? null : addresses;
  }

  private @Nullable Object network(Struct nic) {
    Object said = nic.get("network");
    Struct profile = profile(nic);
    return said != null || profile == null ? said : profile.get("network");
  }

  private @Nullable List<?> mirrored(Struct nic) {
    Struct profile = profile(nic);
    Object network =
        profile != null && Boolean.TRUE.equals(profile.get("port_mirroring"))
            ? profile.get("network")
            : null;
    return network == null ? null : List.of(network);
  }

  private @Nullable Struct profile(Struct nic) {
    return nic.get("vnic_profile") instanceof Struct reference && reference.id() != null
        ? known("/vnicprofiles/" + reference.id())
        : null;
  }

  /** In full, since its name and thresholds stand in the cluster's document. */
  private @Nullable Object policy(Struct cluster) {
    if (!(cluster.get("scheduling_policy") instanceof Struct reference) || reference.id() == null) {
      return cluster.get("scheduling_policy");
    }
    String path = "/schedulingpolicies/" + reference.id();
    Struct policy = known(path);
    if (policy == null) {
      return reference;
    }
    Struct whole = policy.shallowCopy();
    if (cluster.get("custom_scheduling_policy_properties") instanceof List<?> own
        && !own.isEmpty()) {
      whole.set("properties", own);
    }
    whole.href(path);
    whole.expand();
    return whole;
  }

  private @Nullable Struct known(String path) {
    return known.computeIfAbsent(path, key -> Optional.ofNullable(inner.find(key))).orElse(null);
  }
}
