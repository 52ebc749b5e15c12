package io.overt.shell.objects;

import io.overt.sdk.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of version 3 of the API where version 4 has others. */
final class Aliases {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("capabilities", "clusterlevels"),
          Map.entry("capability", "clusterlevels"),
          Map.entry("version", "clusterlevels"),
          Map.entry("versions", "clusterlevels"),
          Map.entry("hostnic", "nics"),
          Map.entry("hostnics", "nics"),
          Map.entry("hoststorage", "storage"),
          Map.entry("hoststorages", "storage"),
          Map.entry("snapshotdisk", "disks"),
          Map.entry("vnic", "nics"),
          Map.entry("api", "system"));

  /** A row for each: what declares it, the old path and the new one, as options write them. */
  private static final String[][] MEMBERS = {
    {"vm_base", "timezone", "time_zone-name"},
    {"operating_system", "boot", "boot-devices"},
    {"boot", "dev", "devices"},
    {"vm_placement_policy", "host", "hosts"},
    {"vm_base", "vmpool", "vm_pool"},
    {"nic", "network-name", "vnic_profile-name"},
    {"nic", "network", "vnic_profile"},
    {"nic", "active", "plugged"},
    {"disk", "size", "provisioned_size"},
    {"disk_attachment", "size", "disk-provisioned_size"},
    {"host", "storage_manager-priority", "spm-priority"},
    {"host", "storage_manager", "spm"},
    {"cluster", "cpu-id", "cpu-type"},
    {"vm_base", "cpu-id", "cpu-type"},
    {"cluster", "scheduling_policy-policy", "scheduling_policy-name"},
    {"host_storage", "logical_unit", "logical_units"},
    {"volume_group", "logical_unit", "logical_units"},
    {"tag", "parent-tag", "parent"},
    {"statistic", "statistic-type", "kind"},
  };

  private Aliases() {}

  static String type(String type) {
    return TYPES.getOrDefault(Names.plain(type), type);
  }

  /** The steps of today for the steps that begin here, or null if they are today's. */
  static @Nullable List<String> member(StructType type, List<String> steps) {
    for (String[] row : MEMBERS) {
      List<String> old = List.of(row[1].split("-"));
      if (steps.size() >= old.size()
          && steps.subList(0, old.size()).equals(old)
          && isA(type, row[0])
          && !isById(row, steps)) {
        List<String> now = new ArrayList<>(List.of(row[2].split("-")));
        // Once only: the new name of a list of boot devices begins like the old one.
        if (steps.size() >= now.size() && steps.subList(0, now.size()).equals(now)) {
          continue;
        }
        now.addAll(steps.subList(old.size(), steps.size()));
        return now;
      }
    }
    return null;
  }

  /** The id of a network is no id of a profile, though their names are mostly the same. */
  private static boolean isById(String[] row, List<String> steps) {
    return row[1].equals("network") && steps.size() > 1;
  }

  private static boolean isA(StructType type, String name) {
    return type.name().equals(name) || type.base().map(base -> isA(base, name)).orElse(false);
  }
}
