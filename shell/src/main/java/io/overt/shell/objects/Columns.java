package io.overt.shell.objects;

import io.overt.sdk.schema.Kind;
import io.overt.sdk.schema.Member;
import io.overt.sdk.schema.StructType;
import java.util.ArrayList;
import java.util.List;

/** The columns of tables: of some types chosen by hand, of others from what they have. */
public final class Columns {
  private Columns() {}

  /**
   * The columns of a type.
   *
   * @param wide whether there is room for more
   */
  public static List<String> of(StructType type, boolean byDisk, boolean wide) {
    if (byDisk) {
      return wide
          ? List.of(
              "id",
              "name",
              "status",
              "provisioned_size",
              "actual_size",
              "format",
              "interface",
              "bootable",
              "active")
          : List.of("name", "status", "provisioned_size", "interface", "bootable");
    }
    return switch (type.name()) {
      case "vm" ->
          wide
              ? List.of(
                  "id",
                  "name",
                  "status",
                  "host.name",
                  "cluster.name",
                  "memory",
                  "cpu.topology.cores",
                  "fqdn",
                  "description")
              : List.of("name", "status", "host.name", "cluster.name", "memory");
      case "host" ->
          wide
              ? List.of(
                  "id",
                  "name",
                  "status",
                  "address",
                  "cluster.name",
                  "memory",
                  "spm.status",
                  "description")
              : List.of("name", "status", "address", "cluster.name");
      case "disk" ->
          wide
              ? List.of(
                  "id",
                  "name",
                  "status",
                  "provisioned_size",
                  "actual_size",
                  "format",
                  "content_type",
                  "description")
              : List.of("name", "status", "provisioned_size", "format");
      case "cluster" -> columns(wide, "name", "data_center.name", "cpu.type", "description");
      case "data_center" -> columns(wide, "name", "status", "local", "description");
      case "storage_domain" ->
          columns(wide, "name", "status", "type", "storage.type", "available", "used");
      case "template" ->
          columns(wide, "name", "status", "version.version_number", "memory", "description");
      case "network" -> columns(wide, "name", "data_center.name", "vlan.id", "description");
      case "nic" ->
          columns(wide, "name", "mac.address", "interface", "vnic_profile.name", "plugged");
      case "host_nic" -> columns(wide, "name", "mac.address", "network.name", "status");
      case "vnic_profile" -> columns(wide, "name", "network.name", "description");
      case "disk_attachment" -> columns(wide, "disk.name", "interface", "bootable", "active");
      case "snapshot" -> columns(wide, "description", "date", "snapshot_status", "snapshot_type");
      case "event" -> columns(wide, "time", "severity", "description");
      case "job" -> columns(wide, "start_time", "status", "description");
      case "step" -> columns(wide, "number", "status", "description");
      case "user" -> columns(wide, "user_name", "name", "last_name", "email");
      case "permission" -> columns(wide, "role.name", "user.name", "group.name");
      case "statistic" -> columns(wide, "name", "values.datum", "unit", "description");
      default -> usual(type, wide);
    };
  }

  private static List<String> columns(boolean wide, String... names) {
    List<String> all = new ArrayList<>();
    if (wide) {
      all.add("id");
    }
    all.addAll(List.of(names));
    return all;
  }

  private static List<String> usual(StructType type, boolean wide) {
    List<String> all = new ArrayList<>();
    boolean named = type.find("name").isPresent();
    if (wide || !named) {
      all.add("id");
    }
    if (named) {
      all.add("name");
    }
    if (type.find("status").isPresent()) {
      all.add("status");
    }
    for (Member member : type.members()) {
      boolean own = member.declaringType().equals(type.name());
      boolean simple = !member.list() && member.kind() != Kind.STRUCT;
      if (own && simple && !all.contains(member.tag()) && all.size() < (wide ? 7 : 4)) {
        all.add(member.tag());
      }
    }
    if (type.find("description").isPresent() && !all.contains("description")) {
      all.add("description");
    }
    return all;
  }
}
