package io.overt.inventory;

import static io.overt.inventory.Orders.byTime;

import io.overt.model.Schema;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.model.types.AffinityGroup;
import io.overt.model.types.AffinityLabel;
import io.overt.model.types.Agent;
import io.overt.model.types.Backup;
import io.overt.model.types.Balance;
import io.overt.model.types.Bookmark;
import io.overt.model.types.Cdrom;
import io.overt.model.types.Checkpoint;
import io.overt.model.types.Cluster;
import io.overt.model.types.CpuProfile;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.DiskProfile;
import io.overt.model.types.DiskSnapshot;
import io.overt.model.types.Event;
import io.overt.model.types.EventSubscription;
import io.overt.model.types.ExternalHostProvider;
import io.overt.model.types.Filter;
import io.overt.model.types.Floppy;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.Group;
import io.overt.model.types.Host;
import io.overt.model.types.HostNic;
import io.overt.model.types.Icon;
import io.overt.model.types.ImageTransfer;
import io.overt.model.types.InstanceType;
import io.overt.model.types.IscsiBond;
import io.overt.model.types.Job;
import io.overt.model.types.MacPool;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkAttachment;
import io.overt.model.types.NetworkFilter;
import io.overt.model.types.NetworkFilterParameter;
import io.overt.model.types.NetworkLabel;
import io.overt.model.types.Nic;
import io.overt.model.types.OpenStackImageProvider;
import io.overt.model.types.OpenStackNetworkProvider;
import io.overt.model.types.OpenStackVolumeProvider;
import io.overt.model.types.OperatingSystemInfo;
import io.overt.model.types.Permission;
import io.overt.model.types.Qos;
import io.overt.model.types.Quota;
import io.overt.model.types.Role;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import io.overt.model.types.SshPublicKey;
import io.overt.model.types.Step;
import io.overt.model.types.StorageConnection;
import io.overt.model.types.StorageConnectionExtension;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.Tag;
import io.overt.model.types.Template;
import io.overt.model.types.TemplateVersion;
import io.overt.model.types.User;
import io.overt.model.types.UserOption;
import io.overt.model.types.VirtualNumaNode;
import io.overt.model.types.Vm;
import io.overt.model.types.VmMediatedDevice;
import io.overt.model.types.VmPool;
import io.overt.model.types.VnicProfile;
import io.overt.model.types.Watchdog;
import io.overt.model.types.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of kinds. To add one, add a line: its class, and what differs from the default,
 * which is: id unique, name not, every link to one object guarded, links to many not kept.
 *
 * <p>Unique names follow what oVirt engine 4.5 refuses.
 */
public final class Kinds {
  private static final List<Kind<?>> ALL = new ArrayList<>();
  private static final Map<String, Kind<?>> BY_NAME = new HashMap<>();
  private static final Map<StructType, Kind<?>> BY_TYPE = new HashMap<>();

  public static final Kind<DataCenter> DATA_CENTER =
      kind("data_center", DataCenter.class).uniqueName();
  public static final Kind<Cluster> CLUSTER = kind("cluster", Cluster.class).uniqueName();
  public static final Kind<Host> HOST =
      kind("host", Host.class).uniqueName().lists("tags").weak("tags");
  public static final Kind<Vm> VM =
      kind("vm", Vm.class)
          .numerous()
          .uniqueName()
          .lists("tags", "placement_policy.hosts")
          .weak("tags", "original_template", "instance_type")
          .soft("host", "storage_domain");

  /** Versions of one template share its name: the scope is the version's number. */
  public static final Kind<Template> TEMPLATE =
      kind("template", Template.class)
          .unique((value, owner) -> value.name(), (value, owner) -> versionOf(value))
          .lists("tags", "placement_policy.hosts")
          .weak("tags")
          .soft("vm", "storage_domain");

  public static final Kind<InstanceType> INSTANCE_TYPE =
      kind("instance_type", InstanceType.class).uniqueName().soft("vm", "storage_domain");
  public static final Kind<VmPool> VM_POOL =
      kind("vm_pool", VmPool.class).uniqueName().weak("instance_type").soft("vm");
  public static final Kind<StorageDomain> STORAGE_DOMAIN =
      kind("storage_domain", StorageDomain.class)
          .uniqueName()
          .lists("storage_connections")
          .soft("data_center", "host", "storage.host");
  public static final Kind<Network> NETWORK =
      kind("network", Network.class)
          .uniqueNameIn("data_center")
          .soft("cluster", "external_provider_physical_network");
  public static final Kind<VnicProfile> VNIC_PROFILE =
      kind("vnic_profile", VnicProfile.class).uniqueNameIn("network");
  public static final Kind<Nic> NIC =
      kind("nic", Nic.class)
          .numerous()
          .uniqueNameInOwner()
          .lists("virtual_function_allowed_networks")
          .soft("network", "virtual_function_allowed_networks");
  public static final Kind<Disk> DISK =
      kind("disk", Disk.class)
          .numerous()
          .lists("storage_domains")
          .soft("snapshot", "storage_domain", "vm", "template", "instance_type");

  /** Its id is that of its disk, so it is unique within its VM or template only. */
  public static final Kind<DiskAttachment> DISK_ATTACHMENT =
      kind("disk_attachment", DiskAttachment.class).numerous().scopedByOwner().cascading("disk");

  public static final Kind<DiskSnapshot> DISK_SNAPSHOT =
      kind("disk_snapshot", DiskSnapshot.class)
          .lists("storage_domains")
          .cascading("disk")
          .soft("parent", "snapshot", "storage_domain", "vm", "template", "instance_type");
  public static final Kind<Cdrom> CDROM = kind("cdrom", Cdrom.class).numerous().scopedByOwner();
  public static final Kind<Floppy> FLOPPY = kind("floppy", Floppy.class).scopedByOwner();
  public static final Kind<GraphicsConsole> GRAPHICS_CONSOLE =
      kind("graphics_console", GraphicsConsole.class).numerous().scopedByOwner();
  public static final Kind<Watchdog> WATCHDOG = kind("watchdog", Watchdog.class).scopedByOwner();
  public static final Kind<VirtualNumaNode> VIRTUAL_NUMA_NODE =
      kind("virtual_numa_node", VirtualNumaNode.class).soft("host");
  public static final Kind<VmMediatedDevice> VM_MEDIATED_DEVICE =
      kind("vm_mediated_device", VmMediatedDevice.class);
  public static final Kind<NetworkFilterParameter> NETWORK_FILTER_PARAMETER =
      kind("network_filter_parameter", NetworkFilterParameter.class);

  /** A VM as it was: its devices are copies. */
  public static final Kind<io.overt.model.types.Snapshot> SNAPSHOT = snapshot();

  public static final Kind<Backup> BACKUP = kind("backup", Backup.class).lists("disks").allSoft();
  public static final Kind<Checkpoint> CHECKPOINT =
      kind("checkpoint", Checkpoint.class).lists("disks").allSoft();
  public static final Kind<ImageTransfer> IMAGE_TRANSFER =
      kind("image_transfer", ImageTransfer.class).allSoft();

  public static final Kind<Tag> TAG =
      kind("tag", Tag.class)
          .uniqueName()
          .cascading("parent")
          .soft("vm", "host", "user", "group", "template");
  public static final Kind<Bookmark> BOOKMARK = kind("bookmark", Bookmark.class).uniqueName();
  public static final Kind<Icon> ICON = kind("icon", Icon.class);
  public static final Kind<OperatingSystemInfo> OPERATING_SYSTEM =
      kind("operating_system_info", OperatingSystemInfo.class);

  public static final Kind<Role> ROLE = kind("role", Role.class).uniqueName().soft("user");
  public static final Kind<Permission> PERMISSION =
      kind("permission", Permission.class)
          .cascading(
              "user",
              "group",
              "cluster",
              "data_center",
              "disk",
              "host",
              "storage_domain",
              "template",
              "vm",
              "vm_pool");
  public static final Kind<User> USER =
      kind("user", User.class)
          .unique((value, owner) -> value.userName(), (value, owner) -> "")
          .lists("groups", "tags")
          .weak("groups", "tags");
  public static final Kind<Group> GROUP =
      kind("group", Group.class).uniqueName().lists("tags").weak("tags");
  public static final Kind<SshPublicKey> SSH_PUBLIC_KEY =
      kind("ssh_public_key", SshPublicKey.class);
  public static final Kind<UserOption> USER_OPTION =
      kind("user_option", UserOption.class).uniqueNameInOwner();

  /** Its id is the event's name. */
  public static final Kind<EventSubscription> EVENT_SUBSCRIPTION =
      kind("event_subscription", EventSubscription.class).scopedByOwner();

  public static final Kind<MacPool> MAC_POOL = kind("mac_pool", MacPool.class).uniqueName();
  public static final Kind<SchedulingPolicy> SCHEDULING_POLICY =
      kind("scheduling_policy", SchedulingPolicy.class).uniqueName();

  /** A filter and a weight may bear the same name. */
  public static final Kind<SchedulingPolicyUnit> SCHEDULING_POLICY_UNIT =
      kind("scheduling_policy_unit", SchedulingPolicyUnit.class)
          .unique(
              (value, owner) -> value.name(),
              (value, owner) -> value.type_() == null ? "" : value.type_().wire());

  public static final Kind<Filter> FILTER = kind("filter", Filter.class).scopedByOwner();
  public static final Kind<Weight> WEIGHT = kind("weight", Weight.class).scopedByOwner();
  public static final Kind<Balance> BALANCE = kind("balance", Balance.class).scopedByOwner();
  public static final Kind<AffinityGroup> AFFINITY_GROUP =
      kind("affinity_group", AffinityGroup.class)
          .uniqueNameIn("cluster")
          .lists("vms", "hosts", "vm_labels", "host_labels")
          .weak("vms", "hosts", "vm_labels", "host_labels");
  public static final Kind<AffinityLabel> AFFINITY_LABEL =
      kind("affinity_label", AffinityLabel.class)
          .uniqueName()
          .lists("vms", "hosts")
          .weak("vms", "hosts");

  public static final Kind<Quota> QUOTA = kind("quota", Quota.class).uniqueNameIn("data_center");
  public static final Kind<Qos> QOS = kind("qos", Qos.class).uniqueNameIn("data_center");
  public static final Kind<CpuProfile> CPU_PROFILE =
      kind("cpu_profile", CpuProfile.class).uniqueNameIn("cluster");
  public static final Kind<DiskProfile> DISK_PROFILE =
      kind("disk_profile", DiskProfile.class).uniqueNameIn("storage_domain");
  public static final Kind<NetworkFilter> NETWORK_FILTER =
      kind("network_filter", NetworkFilter.class).uniqueName();
  public static final Kind<StorageConnection> STORAGE_CONNECTION =
      kind("storage_connection", StorageConnection.class).soft("host");
  public static final Kind<StorageConnectionExtension> STORAGE_CONNECTION_EXTENSION =
      kind("storage_connection_extension", StorageConnectionExtension.class);
  public static final Kind<IscsiBond> ISCSI_BOND =
      kind("iscsi_bond", IscsiBond.class)
          .uniqueNameIn("data_center")
          .lists("networks", "storage_connections");

  /** A storage domain as attached to its owner, the data center; the id is the domain's. */
  public static final Kind<StorageDomain> ATTACHED_STORAGE_DOMAIN =
      association("attached_storage_domain", StorageDomain.class, "storage_domain");

  /** A network as assigned to its owner, the cluster; the id is the network's. */
  public static final Kind<Network> CLUSTER_NETWORK =
      association("cluster_network", Network.class, "network").cascading("id");

  public static final Kind<HostNic> HOST_NIC =
      kind("host_nic", HostNic.class).uniqueNameInOwner().soft("network", "physical_function");
  public static final Kind<NetworkAttachment> NETWORK_ATTACHMENT =
      kind("network_attachment", NetworkAttachment.class);

  /** Its id is the label itself; the owner is a network or a host's interface. */
  public static final Kind<NetworkLabel> NETWORK_LABEL =
      kind("network_label", NetworkLabel.class).scopedByOwner();

  public static final Kind<Agent> AGENT = kind("agent", Agent.class);
  public static final Kind<ExternalHostProvider> EXTERNAL_HOST_PROVIDER =
      kind("external_host_provider", ExternalHostProvider.class).uniqueName();
  public static final Kind<OpenStackNetworkProvider> OPEN_STACK_NETWORK_PROVIDER =
      kind("open_stack_network_provider", OpenStackNetworkProvider.class).uniqueName();
  public static final Kind<OpenStackImageProvider> OPEN_STACK_IMAGE_PROVIDER =
      kind("open_stack_image_provider", OpenStackImageProvider.class).uniqueName();
  public static final Kind<OpenStackVolumeProvider> OPEN_STACK_VOLUME_PROVIDER =
      kind("open_stack_volume_provider", OpenStackVolumeProvider.class).uniqueName();

  /** Written by {@link Transaction#append}; newest first. */
  public static final Kind<Event> EVENT =
      kind("event", Event.class).numerous().allSoft().unindexed().orderedByNumber();

  public static final Kind<Job> JOB =
      kind("job", Job.class).allSoft().order(byTime(Job::startTime));
  public static final Kind<Step> STEP =
      kind("step", Step.class).allSoft().order(byTime(Step::startTime));

  private Kinds() {}

  /** The kind of that name, which must exist. */
  public static Kind<?> named(String name) {
    Kind<?> kind = BY_NAME.get(name);
    if (kind == null) {
      throw new IllegalArgumentException("there is no kind of entity named " + name);
    }
    return kind;
  }

  /** The kind whose entities are of that type, or null when such objects are mere values. */
  public static @Nullable Kind<?> ofType(StructType type) {
    return BY_TYPE.get(type);
  }

  /** All kinds, in the order of their definition. */
  public static List<Kind<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static <T extends Struct> Kind<T> kind(String name, Class<T> javaType) {
    Kind<T> kind = define(name, javaType, Schema.current().struct(name));
    BY_TYPE.put(kind.type(), kind);
    return kind;
  }

  private static <T extends Struct> Kind<T> association(
      String name, Class<T> javaType, String typeName) {
    return define(name, javaType, Schema.current().struct(typeName))
        .scopedByOwner()
        .idRefersTo(typeName)
        .allSoft();
  }

  private static <T extends Struct> Kind<T> define(
      String name, Class<T> javaType, StructType type) {
    Kind<T> kind = new Kind<>(name, javaType, type, ALL.size());
    ALL.add(kind);
    BY_NAME.put(name, kind);
    return kind;
  }

  private static Kind<io.overt.model.types.Snapshot> snapshot() {
    return kind("snapshot", io.overt.model.types.Snapshot.class)
        .allSoft()
        .inline(
            "nics",
            "disks",
            "disk_attachments",
            "disk_attachments.disk",
            "cdroms",
            "graphics_consoles",
            "watchdogs");
  }

  private static String versionOf(Template template) {
    TemplateVersion version = template.version();
    return version == null || version.versionNumber() == null
        ? "1"
        : String.valueOf(version.versionNumber());
  }
}
