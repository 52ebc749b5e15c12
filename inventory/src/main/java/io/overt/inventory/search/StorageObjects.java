package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.types.Disk;
import io.overt.model.types.Quota;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainStatus;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of storage domains, disks and quotas. */
final class StorageObjects {
  private StorageObjects() {}

  static SearchObject<StorageDomain> domains() {
    SearchObject<StorageDomain> domains = new SearchObject<>(Kinds.STORAGE_DOMAIN);
    Accessor total = Accessors.sum(domains.path("available"), domains.path("used"));
    return domains
        .texts("name", "comment", "description")
        .choice(
            "status",
            Choices.of("storage_domain_status").with("uninitialized"),
            StorageObjects::status)
        .choice(
            "shared_status",
            Choices.of(List.of("unattached", "active", "inactive", "mixed", "locked")),
            StorageObjects::sharedStatus)
        .choice("external_status", Choices.of("external_status"), "external_status")
        .text(
            "datacenter",
            (scope, domain) -> Accessors.names(Accessors.dataCentersOfStorage(scope, domain)))
        .choice("type", Choices.of("storage_type").with("unknown"), "storage.type")
        .reportedNumber("free_size", domains.path("available").per(Accessors.GIBIBYTE))
        .reportedNumber("used_size", domains.path("used").per(Accessors.GIBIBYTE))
        .reportedNumber("total_size", total.per(Accessors.GIBIBYTE))
        .reportedNumber("committed", domains.path("committed").per(Accessors.GIBIBYTE))
        .flag("wipe_after_delete", "wipe_after_delete")
        .flag("discard_after_delete", "discard_after_delete")
        .number("low_space_threshold (%)", "warning_low_space_indicator")
        .number("critical_space_threshold (gb)", "critical_space_action_blocker")
        .flag("backup", "backup")
        .relation("host", SearchObjects.lazy(Kinds.HOST), StorageObjects::hosts)
        .relation("cluster", SearchObjects.lazy(Kinds.CLUSTER), StorageObjects::clusters);
  }

  static SearchObject<Disk> disks() {
    SearchObject<Disk> disks = new SearchObject<>(Kinds.DISK);
    return disks
        .text("alias", disks.path("alias").or(disks.path("name")))
        .text("name", disks.path("alias").or(disks.path("name")))
        .texts("description")
        .number("provisioned_size", "provisioned_size")
        .number("size", "provisioned_size")
        .number("actual_size", "actual_size")
        .time("creation_date", Accessors.internalTime("creation_date"))
        .flag("shareable", "shareable")
        .choice("status", Choices.of("disk_status"), "status")
        .choice("disk_type", Choices.of("disk_storage_type"), "storage_type")
        .choice("disk_content_type", Choices.of("disk_content_type"), "content_type")
        .choice(
            "allocation_policy",
            Choices.of(List.of("unassigned", "preallocated", "sparse")),
            StorageObjects::allocation)
        .number("number_of_vms", (scope, disk) -> Accessors.vmsOfDisk(scope, disk).size())
        .text("vm_names", (scope, disk) -> Accessors.names(Accessors.vmsOfDisk(scope, disk)))
        .text("quota", "quota.name")
        .id("id", "id")
        .flag("wipe_after_delete", "wipe_after_delete")
        .time("last_modified", Accessors.internalTime("last_modified"))
        .relation("storage", SearchObjects.lazy(Kinds.STORAGE_DOMAIN), Accessors::storageOfDisk)
        .relation(
            "datacenter",
            SearchObjects.lazy(Kinds.DATA_CENTER),
            (scope, disk) ->
                Accessors.through(
                    Accessors.storageOfDisk(scope, disk),
                    domain -> Accessors.dataCentersOfStorage(scope, domain)))
        .order("alias", "id");
  }

  static SearchObject<Quota> quotas() {
    return new SearchObject<>(Kinds.QUOTA)
        .texts("name", "description")
        .text("storagepoolname", "data_center.name")
        .number("thresholdstoragepercentage", "storage_soft_limit_pct")
        .number("thresholdclusterpercentage", "cluster_soft_limit_pct")
        .number("gracestoragepercentage", "storage_hard_limit_pct")
        .number("graceclusterpercentage", "cluster_hard_limit_pct")
        .choice(
            "enforcementtype",
            Choices.of("quota_mode_type")
                .alias("soft_enforcement", "audit")
                .alias("hard_enforcement", "enabled"),
            "data_center.quota_mode");
  }

  /** The domain's own status, or else those it has in the data centers it is attached to. */
  private static Object status(Scope scope, Entity<?> domain) {
    Object own = domain.value().get("status");
    if (own != null) {
      return own;
    }
    List<StorageDomainStatus> attached = statuses(scope, domain);
    return attached.isEmpty() ? "unattached" : attached;
  }

  private static String sharedStatus(Scope scope, Entity<?> domain) {
    Set<StorageDomainStatus> statuses =
        statuses(scope, domain).stream().collect(Collectors.toSet());
    if (statuses.isEmpty()) {
      return "unattached";
    }
    if (statuses.contains(StorageDomainStatus.LOCKED)) {
      return "locked";
    }
    if (!statuses.contains(StorageDomainStatus.ACTIVE)) {
      return "inactive";
    }
    return statuses.size() == 1 ? "active" : "mixed";
  }

  private static List<StorageDomainStatus> statuses(Scope scope, Entity<?> domain) {
    return Accessors.attachments(scope, domain).stream()
        .<@Nullable StorageDomainStatus>map(attachment -> attachment.value().status())
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  private static List<Entity<?>> clusters(Scope scope, Entity<?> domain) {
    return Accessors.through(
        Accessors.dataCentersOfStorage(scope, domain),
        dataCenter -> scope.referrers(Kinds.CLUSTER, "data_center", dataCenter));
  }

  private static List<Entity<?>> hosts(Scope scope, Entity<?> domain) {
    return Accessors.through(
        clusters(scope, domain), cluster -> scope.referrers(Kinds.HOST, "cluster", cluster));
  }

  private static @Nullable Object allocation(Scope scope, Entity<?> disk) {
    return disk.value().get("sparse") instanceof Boolean sparse
        ? sparse ? "sparse" : "preallocated"
        : null;
  }
}
