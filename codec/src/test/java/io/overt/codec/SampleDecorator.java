package io.overt.codec;

import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Addresses by type and id, as a small API would have them. */
final class SampleDecorator implements Decorator {
  private static final String ROOT = "/ovirt-engine/api";

  private static final Map<String, String> COLLECTIONS =
      Map.of(
          "vm", "vms",
          "cluster", "clusters",
          "data_center", "datacenters",
          "template", "templates",
          "user", "users",
          "job", "jobs",
          "event", "events",
          "icon", "icons",
          "mac_pool", "macpools",
          "tag", "tags");

  private final Map<String, List<String>> actions;
  private final Map<String, List<String>> links;
  private final List<String> asked = new ArrayList<>();

  SampleDecorator() {
    this(Map.of("vm", List.of("start", "stop")), Map.of("vm", List.of("nics")));
  }

  SampleDecorator(Map<String, List<String>> actions, Map<String, List<String>> links) {
    this.actions = actions;
    this.links = links;
  }

  /** Types whose actions were asked for, in order. */
  List<String> asked() {
    return asked;
  }

  @Override
  public @Nullable String href(Struct struct) {
    if (struct.href() != null) {
      return struct.href();
    }
    String collection = COLLECTIONS.get(struct.type().name());
    return collection == null || struct.id() == null
        ? null
        : ROOT + "/" + collection + "/" + struct.id();
  }

  @Override
  public List<Link> actions(Struct struct) {
    asked.add(struct.type().name());
    return resolve(struct, actions);
  }

  @Override
  public List<Link> links(Struct struct) {
    return resolve(struct, links);
  }

  private List<Link> resolve(Struct struct, Map<String, List<String>> table) {
    String base = struct.type().name().equals("api") ? ROOT : href(struct);
    return table.getOrDefault(struct.type().name(), List.of()).stream()
        .map(rel -> new Link(base + "/" + rel, rel))
        .toList();
  }
}
