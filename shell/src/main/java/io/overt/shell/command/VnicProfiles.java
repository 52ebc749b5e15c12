package io.overt.shell.command;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Schema;
import io.overt.shell.ShellFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Networks of network cards by name: the engine takes profiles by their ids alone, and version 3 of
 * the API named networks.
 */
final class VnicProfiles {
  private VnicProfiles() {}

  /** A card with the id of the profile that it names. */
  static Node resolved(Context context, String path, Node nic) {
    if (!nic.type().name().equals("nic")
        || !(nic.values().get("vnic_profile") instanceof Node named)
        || named.id().isPresent()
        || !(named.values().get("name") instanceof String name)) {
      return nic;
    }
    List<Node> fitting = new ArrayList<>();
    for (Node profile :
        context
            .engine()
            .list(
                "vnicprofiles",
                Schema.current().type("vnic_profile"),
                Map.of("follow", "network"))) {
      boolean called = name.equals(profile.values().get("name"));
      boolean ofNetwork =
          profile.values().get("network") instanceof Node network
              && name.equals(network.values().get("name"));
      if (called && ofNetwork) {
        fitting.addFirst(profile);
      } else if (called || ofNetwork) {
        fitting.add(profile);
      }
    }
    if (fitting.isEmpty()) {
      throw ShellFailure.notFound("There is no network or vNIC profile '" + name + "'");
    }
    Node chosen = fitting.size() == 1 ? fitting.getFirst() : nearest(context, path, fitting);
    return nic.toBuilder()
        .set("vnic_profile", Node.builder("vnic_profile").set("id", chosen.id().orElse("")).build())
        .build();
  }

  /** The profile of the data center in which the machine is. */
  private static Node nearest(Context context, String path, List<Node> profiles) {
    int end = path.indexOf("/nics");
    if (end > 0 && (path.startsWith("vms/") || path.startsWith("templates/"))) {
      String type = path.startsWith("vms/") ? "vm" : "template";
      Node machine =
          context
              .engine()
              .get(
                  path.substring(0, end), Schema.current().type(type), Map.of("follow", "cluster"));
      String center =
          machine
              .node("cluster")
              .flatMap(each -> each.node("data_center"))
              .flatMap(Node::id)
              .orElse("");
      for (Node profile : profiles) {
        if (profile
            .node("network")
            .flatMap(each -> each.node("data_center"))
            .flatMap(Node::id)
            .filter(center::equals)
            .isPresent()) {
          return profile;
        }
      }
    }
    return profiles.getFirst();
  }
}
