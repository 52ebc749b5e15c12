package io.overt.rest.v3;

import io.overt.codec.ExtraElement;
import io.overt.model.Struct;
import io.overt.model.types.VnicProfile;
import io.overt.rest.api.Customs.Incoming;
import io.overt.rest.api.Inner;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the profile of a network interface whose network and mirroring a client named instead. */
final class NicProfiles {
  private NicProfiles() {}

  static void choose(Incoming incoming, Struct nic) {
    ExtraElement mirroring = incoming.extras().of(nic, "port_mirroring");
    Struct network = nic.get("network") instanceof Struct said ? said : null;
    nic.set("network", null);
    if (nic.get("vnic_profile") != null || (network == null && mirroring == null)) {
      return;
    }
    Inner inner = incoming.inner();
    Map<String, Struct> networks = networks(inner, incoming.id("vm"));
    String mirrored = mirroring == null ? null : mirroredNetwork(mirroring);
    inner.list("/vnicprofiles").stream()
        .filter(profile -> fits(profile, networks, network, mirroring != null, mirrored))
        .min(Comparator.comparing(profile -> String.valueOf(profile.get("name"))))
        .ifPresentOrElse(
            profile -> nic.set("vnic_profile", new VnicProfile().id(profile.requireId())),
            () -> {
              throw io.overt.model.ApiFault.bad(
                  "No vNIC profile of the cluster fits network '" + shown(network) + "'");
            });
  }

  private static String shown(@Nullable Struct network) {
    if (network == null) {
      return "";
    }
    Object name = network.get("name");
    return String.valueOf(name == null ? network.id() : name);
  }

  /** Those of the machine's cluster, or all for templates and instance types. */
  private static Map<String, Struct> networks(Inner inner, @Nullable String vm) {
    Struct machine = vm == null ? null : inner.find("/vms/" + vm);
    String path =
        machine != null && machine.get("cluster") instanceof Struct cluster && cluster.id() != null
            ? "/clusters/" + cluster.id() + "/networks"
            : "/networks";
    Map<String, Struct> networks = new HashMap<>();
    inner.list(path).forEach(network -> networks.put(network.requireId(), network));
    return networks;
  }

  private static boolean fits(
      Struct profile,
      Map<String, Struct> networks,
      @Nullable Struct wanted,
      boolean mirroring,
      @Nullable String mirrored) {
    Struct network =
        profile.get("network") instanceof Struct reference ? networks.get(reference.id()) : null;
    if (network == null || (wanted != null && !is(network, wanted.id(), wanted.get("name")))) {
      return false;
    }
    return !mirroring
        || (Boolean.TRUE.equals(profile.get("port_mirroring"))
            && (mirrored == null
                || mirrored.equals(network.id())
                || mirrored.equals(network.get("name"))));
  }

  private static boolean is(Struct network, @Nullable String id, @Nullable Object name) {
    return (id == null || id.equals(network.id()))
        && (name == null || name.equals(network.get("name")));
  }

  /** The id or name that {@code <port_mirroring><networks><network>} says. */
  private static @Nullable String mirroredNetwork(ExtraElement mirroring) {
    ExtraElement networks = mirroring.child("networks");
    List<ExtraElement> entries = networks == null ? List.of() : networks.children();
    for (ExtraElement network : entries) {
      String id = network.text("id");
      return id == null ? network.text("name") : id;
    }
    return null;
  }
}
