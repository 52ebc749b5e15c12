package io.overt.access.rules;

import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which kind of object the id in the URL of a service names. */
final class PathKinds {
  private static final Map<String, Kind<?>> BY_SERVICE = new LinkedHashMap<>();

  static {
    put(Kinds.VM, "vm");
    put(Kinds.TEMPLATE, "template");
    put(Kinds.INSTANCE_TYPE, "instance_type");
    put(Kinds.VM_POOL, "vm_pool");
    put(Kinds.HOST, "host");
    put(Kinds.CLUSTER, "cluster");
    put(Kinds.DATA_CENTER, "data_center");
    put(Kinds.STORAGE_DOMAIN, "storage_domain", "attached_storage_domain");
    put(
        Kinds.DISK,
        "disk",
        "vm_disk",
        "template_disk",
        "storage_domain_disk",
        "attached_storage_domain_disk");
    put(Kinds.NETWORK, "network", "data_center_network", "cluster_network");
    put(Kinds.VNIC_PROFILE, "vnic_profile", "assigned_vnic_profile");
    put(Kinds.DISK_PROFILE, "disk_profile", "assigned_disk_profile");
    put(Kinds.CPU_PROFILE, "cpu_profile", "assigned_cpu_profile");
    put(Kinds.QUOTA, "quota");
    put(Kinds.MAC_POOL, "mac_pool");
    put(Kinds.AFFINITY_GROUP, "affinity_group");
    put(Kinds.IMAGE_TRANSFER, "image_transfer");
    put(Kinds.PERMISSION, "permission");
    put(Kinds.USER, "user");
    put(Kinds.GROUP, "group");
  }

  private PathKinds() {}

  private static void put(Kind<?> kind, String... services) {
    for (String service : services) {
      BY_SERVICE.put(service, kind);
    }
  }

  static Map<String, Kind<?>> all() {
    return BY_SERVICE;
  }

  static Kind<?> require(String service) {
    Kind<?> kind = BY_SERVICE.get(service);
    if (kind == null) {
      throw new IllegalStateException("operation-rules.csv: unknown object " + service);
    }
    return kind;
  }
}
