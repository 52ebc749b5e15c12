package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.model.Struct;
import io.overt.model.types.Cluster;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Host;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmPool;
import io.overt.model.types.VmStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The tables of VMs, hosts, templates, instance types, pools, clusters and data centers. */
final class ComputeObjects {
  private ComputeObjects() {}

  static SearchObject<Vm> vms() {
    SearchObject<Vm> vms = new SearchObject<>(Kinds.VM);
    vms.texts("name", "comment", "description")
        .choice("status", vmStatuses(), "status")
        .reportedText("ip", null)
        .text("on_host", "host.name")
        .reportedText("fqdn", "fqdn")
        .duration("uptime", ComputeObjects::uptime)
        .quietText("os", vms.path("os.type"))
        .time("creationdate", "creation_time")
        .reportedText("address", "fqdn")
        .reportedNumber("cpu_usage", null)
        .reportedNumber("mem_usage", null)
        .reportedNumber("network_usage", null)
        .number("memory", vms.path("memory").per(Accessors.MEBIBYTE))
        .number("guaranteed_memory", vms.path("memory_policy.guaranteed").per(Accessors.MEBIBYTE))
        .reportedNumber("migration_progress_percent", null)
        .excerpt(
            "apps", (scope, entity) -> scope.runtime().text(entity.kind(), entity.id(), "apps"))
        .text("cluster", "cluster.name")
        .text("pool", "vm_pool.name")
        .reportedText("loggedinuser", null)
        .tag(Accessors::tags)
        .text("datacenter", "cluster.data_center.name")
        .choice("type", Choices.of("vm_type"), "type")
        .text("quota", "quota.name")
        .id("id", "id")
        .choice("architecture", Choices.of("architecture"), architecture(vms))
        .text("custom_emulated_machine", "custom_emulated_machine")
        .text("custom_cpu_type", "custom_cpu_model")
        .text("compatibility_level", Accessors.version(vms.path("cluster.version")))
        .text(
            "custom_compatibility_level",
            Accessors.version(vms.path("custom_compatibility_version")))
        .id("created_by_user_id", Accessors.internal("created_by_user_id"))
        .flag("next_run_config_exists", "next_run_configuration_exists")
        .flag("has_illegal_images", "has_illegal_images")
        .choice("bios_type", Choices.of("bios_type"), "bios.type")
        .reportedText("k8s_namespace", null)
        .number(
            "vcpus",
            Accessors.product(
                vms.path("cpu.topology.sockets"),
                vms.path("cpu.topology.cores"),
                vms.path("cpu.topology.threads")));
    return vms.relation("host", SearchObjects.lazy(Kinds.HOST), referred("host", Kinds.HOST))
        .relation(
            "template", SearchObjects.lazy(Kinds.TEMPLATE), referred("template", Kinds.TEMPLATE))
        .relation("event", SearchObjects.lazy(Kinds.EVENT), (scope, vm) -> scope.events("vm", vm))
        .relation(
            "user",
            SearchObjects.lazy(Kinds.USER),
            (scope, vm) -> Accessors.permitted(scope, vm, "vm"))
        .relation("storage", SearchObjects.lazy(Kinds.STORAGE_DOMAIN), Accessors::storageOfDisks)
        .relation("vnic", NetworkObjects.VNICS, (scope, vm) -> scope.owned(Kinds.NIC, vm));
  }

  static SearchObject<Host> hosts() {
    SearchObject<Host> hosts = new SearchObject<>(Kinds.HOST);
    hosts
        .texts("name", "comment")
        .choice("status", Choices.of("host_status"), "status")
        .choice("external_status", Choices.of("external_status"), "external_status")
        .text("cluster", "cluster.name")
        .text("address", "address")
        .reportedNumber("cpu_usage", null)
        .reportedNumber("mem_usage", null)
        .reportedNumber("network_usage", null)
        .reportedNumber("load", null)
        .text("version", Accessors.version(hosts.path("version")))
        .number(
            "cpus",
            Accessors.product(hosts.path("cpu.topology.sockets"), hosts.path("cpu.topology.cores")))
        .number("memory", hosts.path("memory").per(Accessors.MEBIBYTE))
        .number("cpu_speed", "cpu.speed")
        .text("cpu_model", "cpu.name")
        .reportedNumber(
            "active_vms", hosts.path("summary.active").or(Accessors.referrers(Kinds.VM, "host")))
        .reportedNumber("migrating_vms", hosts.path("summary.migrating"))
        .reportedNumber("committed_mem", null)
        .tag(Accessors::tags)
        .choice("type", Choices.of("host_type"), "type")
        .text("datacenter", "cluster.data_center.name")
        .choice("architecture", Choices.of("architecture"), architecture(hosts))
        .flag("update_available", "update_available")
        .reportedNumber("ha_score", hosts.path("hosted_engine.score"))
        .reportedNumber("spm_id", null)
        .id("hw_id", "hardware_information.uuid")
        .id("id", "id");
    return hosts
        .relation(
            "vm",
            SearchObjects.lazy(Kinds.VM),
            (scope, host) -> scope.referrers(Kinds.VM, "host", host))
        .relation(
            "template",
            SearchObjects.lazy(Kinds.TEMPLATE),
            (scope, host) ->
                Accessors.through(
                    scope.referrers(Kinds.VM, "host", host),
                    vm -> scope.referred(vm, "template", Kinds.TEMPLATE)))
        .relation(
            "event", SearchObjects.lazy(Kinds.EVENT), (scope, host) -> scope.events("host", host))
        .relation(
            "user",
            SearchObjects.lazy(Kinds.USER),
            (scope, host) -> Accessors.permitted(scope, host, "host"))
        .relation(
            "storage",
            SearchObjects.lazy(Kinds.STORAGE_DOMAIN),
            (scope, host) ->
                Accessors.through(
                    Accessors.dataCenterOfClusterMember(scope, host),
                    dataCenter -> Accessors.storageOfDataCenter(scope, dataCenter)))
        .relation(
            "nic", NetworkObjects.HOST_NICS, (scope, host) -> scope.owned(Kinds.HOST_NIC, host));
  }

  /** Templates, and instance types, which are templates without disks. */
  static <T extends Template> SearchObject<T> templates(Kind<T> kind) {
    SearchObject<T> templates = new SearchObject<>(kind);
    String member = kind.name();
    templates
        .texts("name", "comment", "description")
        .quietText("os", templates.path("os.type"))
        .time("creationdate", "creation_time")
        .number("childcount", Accessors.referrers(Kinds.VM, member))
        .number("mem", templates.path("memory").per(Accessors.MEBIBYTE))
        .choice("status", Choices.of("template_status"), "status")
        .flag("sealed", Accessors.internalFlag("sealed"))
        .text("cluster", "cluster.name")
        .text("datacenter", "cluster.data_center.name")
        .text("quota", "quota.name")
        .choice("architecture", Choices.of("architecture"), architecture(templates))
        .text("version_name", "version.version_name")
        .tag(Accessors::tags)
        .id("_vmt_id", "id");
    return templates
        .relation(
            "vm",
            SearchObjects.lazy(Kinds.VM),
            (scope, template) -> scope.referrers(Kinds.VM, member, template))
        .relation(
            "host",
            SearchObjects.lazy(Kinds.HOST),
            (scope, template) ->
                Accessors.through(
                    scope.referrers(Kinds.VM, member, template),
                    vm -> scope.referred(vm, "host", Kinds.HOST)))
        .relation(
            "event",
            SearchObjects.lazy(Kinds.EVENT),
            (scope, template) -> scope.events("template", template))
        .relation(
            "user",
            SearchObjects.lazy(Kinds.USER),
            (scope, template) -> Accessors.permitted(scope, template, "template"))
        .relation("storage", SearchObjects.lazy(Kinds.STORAGE_DOMAIN), Accessors::storageOfDisks)
        .relation(
            "vnic", NetworkObjects.VNICS, (scope, template) -> scope.owned(Kinds.NIC, template));
  }

  static SearchObject<VmPool> pools() {
    SearchObject<VmPool> pools = new SearchObject<>(Kinds.VM_POOL);
    return pools
        .texts("name", "comment", "description")
        .choice("type", Choices.of("vm_pool_type"), "type")
        .text("cluster", "cluster.name")
        .text("datacenter", "cluster.data_center.name")
        .choice("architecture", Choices.of("architecture"), "cluster.cpu.architecture")
        .reportedNumber("assigned_vm_count", Accessors.referrers(Kinds.VM, "vm_pool"))
        .reportedNumber("running_vm_count", ComputeObjects::runningVms);
  }

  static SearchObject<Cluster> clusters() {
    SearchObject<Cluster> clusters = new SearchObject<>(Kinds.CLUSTER);
    Accessor version = Accessors.version(clusters.path("version"));
    return clusters
        .texts("name", "description", "comment")
        .choice("architecture", Choices.of("architecture"), "cpu.architecture")
        .number(
            "compatibility_level",
            (scope, cluster) ->
                version.value(scope, cluster) instanceof String text ? number(text) : null)
        .text("cpu_type", "cpu.type")
        .relation(
            "storage",
            SearchObjects.lazy(Kinds.STORAGE_DOMAIN),
            (scope, cluster) ->
                Accessors.through(
                    scope.referred(cluster, "data_center", Kinds.DATA_CENTER),
                    dataCenter -> Accessors.storageOfDataCenter(scope, dataCenter)))
        .relation(
            "datacenter",
            SearchObjects.lazy(Kinds.DATA_CENTER),
            referred("data_center", Kinds.DATA_CENTER))
        .relation(
            "cluster_network",
            NetworkObjects.CLUSTER_NETWORKS,
            (scope, cluster) -> scope.owned(Kinds.CLUSTER_NETWORK, cluster));
  }

  static SearchObject<DataCenter> dataCenters() {
    SearchObject<DataCenter> dataCenters = new SearchObject<>(Kinds.DATA_CENTER);
    return dataCenters
        .texts("name", "description", "comment")
        .flag("local", "local")
        .choice(
            "status",
            Choices.of("data_center_status").alias("non_responsive", "problematic"),
            "status")
        .text("compatibility_version", Accessors.version(dataCenters.path("version")))
        .relation(
            "cluster",
            SearchObjects.lazy(Kinds.CLUSTER),
            (scope, dataCenter) -> scope.referrers(Kinds.CLUSTER, "data_center", dataCenter))
        .relation(
            "storage", SearchObjects.lazy(Kinds.STORAGE_DOMAIN), Accessors::storageOfDataCenter)
        .relation(
            "network",
            SearchObjects.lazy(Kinds.NETWORK),
            (scope, dataCenter) -> scope.referrers(Kinds.NETWORK, "data_center", dataCenter));
  }

  private static BiFunction<Scope, Entity<?>, Collection<? extends Entity<?>>> referred(
      String member, Kind<?> kind) {
    return (scope, entity) -> scope.referred(entity, member, kind);
  }

  /** The engine knows both ends of a migration by names of their own. */
  private static Choices vmStatuses() {
    return Choices.of("vm_status")
        .alias("migrating_from", "migrating")
        .alias("migrating_to", "migrating")
        .with("image_illegal");
  }

  private static Accessor architecture(SearchObject<? extends Struct> object) {
    return object.path("cpu.architecture").or(object.path("cluster.cpu.architecture"));
  }

  /** Seconds since the VM's start while it runs. */
  private static @Nullable Object uptime(Scope scope, Entity<?> entity) {
    Number reported = scope.runtime().number(entity.kind(), entity.id(), "uptime");
    if (reported != null || !(entity.value() instanceof Vm vm)) {
      return reported;
    }
    return vm.startTime() == null || !runs(vm)
        ? null
        : Duration.between(vm.startTime(), scope.now()).toSeconds();
  }

  private static Object runningVms(Scope scope, Entity<?> pool) {
    return scope.referrers(Kinds.VM, "vm_pool", pool).stream()
        .filter(vm -> runs(vm.value()))
        .count();
  }

  private static boolean runs(Vm vm) {
    VmStatus status = vm.status();
    return status != null
        && switch (status) {
          case DOWN, SUSPENDED, IMAGE_LOCKED, UNASSIGNED -> false;
          case UP,
              POWERING_UP,
              PAUSED,
              MIGRATING,
              UNKNOWN,
              NOT_RESPONDING,
              WAIT_FOR_LAUNCH,
              REBOOT_IN_PROGRESS,
              SAVING_STATE,
              RESTORING_STATE,
              POWERING_DOWN ->
              true;
        };
  }

  private static @Nullable Double number(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
