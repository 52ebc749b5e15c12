package io.overt.engine.vms.run;

import io.overt.engine.resource.CompatibilityVersions;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cdrom;
import io.overt.model.types.Cluster;
import io.overt.model.types.CustomProperty;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.File;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkFilter;
import io.overt.model.types.Nic;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.Version;
import io.overt.model.types.Vm;
import io.overt.model.types.VnicProfile;
import io.overt.model.types.Watchdog;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A machine with all that belongs to it, as one snapshot knows it.
 *
 * @param version its compatibility version
 */
record VmParts(
    Entity<Vm> vm,
    Cluster cluster,
    @Nullable Version version,
    List<AttachedDisk> disks,
    List<PluggedNic> nics,
    List<Disc> cdroms,
    List<GraphicsConsole> consoles,
    List<Watchdog> watchdogs) {

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /**
   * What the guest sees as its first, second… disk must not change by chance: those it boots from,
   * then by name (oVirt: {@code VmInfoBuildUtils.getSortedDisks}).
   */
  private static final Comparator<AttachedDisk> DISK_ORDER =
      Comparator.comparing((AttachedDisk disk) -> !isBootable(disk))
          .thenComparing(disk -> naturally(disk.disk().alias()))
          .thenComparing(AttachedDisk::imageId);

  private static boolean isBootable(AttachedDisk disk) {
    return Boolean.TRUE.equals(disk.attachment().bootable());
  }

  /** A key by which {@code disk9} comes before {@code disk10}. */
  private static String naturally(@Nullable String name) {
    return NUMBER
        .matcher(Objects.requireNonNullElse(name, ""))
        .replaceAll(
            number -> "0".repeat(Math.max(0, 20 - number.group().length())) + number.group());
  }

  /** A disk image and how the machine sees it; the ids are those of its volume on storage. */
  record AttachedDisk(
      DiskAttachment attachment, Disk disk, String domainId, String imageId, String volumeId) {}

  /**
   * A drive for discs.
   *
   * @param path of the file in it, empty for none
   * @param image the disk that holds the disc, preferred to the path
   */
  record Disc(String path, @Nullable AttachedDisk image) {
    /** The disc of that id: of a disk, or a path on the host. */
    static Disc of(Snapshot snapshot, @Nullable File file) {
      String id = file == null ? "" : Objects.requireNonNullElse(file.id(), "");
      return new Disc(id, find(snapshot, id).orElse(null));
    }

    private static Optional<AttachedDisk> find(Snapshot snapshot, String id) {
      return snapshot.find(Kinds.DISK, id).isEmpty()
          ? Optional.empty()
          : disk(snapshot, new DiskAttachment().id(id).disk(new Disk().id(id)));
    }
  }

  /**
   * @param bridge device of the host that carries the network; null = not connected
   * @param filter name of the network filter of its profile
   * @param properties custom properties of its profile
   * @param filterParameters what fills the filter's variables
   */
  record PluggedNic(
      Nic nic,
      @Nullable String bridge,
      @Nullable String filter,
      @Nullable List<CustomProperty> properties,
      Map<String, String> filterParameters) {
    /** A NIC without a network has no link. */
    boolean linked() {
      return bridge != null && !Boolean.FALSE.equals(nic.linked());
    }
  }

  /** The same machine in another cluster. */
  VmParts in(Cluster other) {
    return new VmParts(vm, other, version, disks, nics, cdroms, consoles, watchdogs);
  }

  /** The machine as it runs, or would run if it was started now. */
  static VmParts of(Snapshot snapshot, Entity<Vm> configured) {
    Entity<Vm> vm = RunOnce.applied(configured);
    Key key = vm.key();
    Cluster cluster =
        Optional.ofNullable(vm.value().cluster())
            .flatMap(reference -> snapshot.find(Kinds.CLUSTER, reference.requireId()))
            .map(Entity::value)
            .orElseThrow(() -> new IllegalStateException("VM " + vm.id() + " is in no cluster"));
    return new VmParts(
        vm,
        cluster,
        CompatibilityVersions.of(snapshot, vm.value()),
        snapshot.owned(Kinds.DISK_ATTACHMENT, key).stream()
            .map(Entity::value)
            .filter(attachment -> !Boolean.FALSE.equals(attachment.active()))
            .map(attachment -> disk(snapshot, attachment))
            .flatMap(Optional::stream)
            .sorted(DISK_ORDER)
            .toList(),
        snapshot.owned(Kinds.NIC, key).stream()
            .map(Entity::value)
            .filter(nic -> !Boolean.FALSE.equals(nic.plugged()))
            .sorted(Comparator.comparing(nic -> naturally(nic.name())))
            .map(nic -> plugged(snapshot, nic))
            .toList(),
        cdroms(vm, snapshot.owned(Kinds.CDROM, key).stream().map(Entity::value).toList()).stream()
            .map(cdrom -> Disc.of(snapshot, cdrom.file()))
            .toList(),
        RunOnce.consoles(
            vm, snapshot.owned(Kinds.GRAPHICS_CONSOLE, key).stream().map(Entity::value).toList()),
        snapshot.owned(Kinds.WATCHDOG, key).stream().map(Entity::value).toList());
  }

  /** A run may have a medium of its own in the machine's drive. */
  private static List<Cdrom> cdroms(Entity<Vm> vm, List<Cdrom> configured) {
    List<Cdrom> own = vm.value().cdroms();
    return own == null || own.isEmpty() ? configured : own;
  }

  static Optional<AttachedDisk> disk(Snapshot snapshot, DiskAttachment attachment) {
    return snapshot
        .find(Kinds.DISK, Objects.requireNonNull(attachment.disk()).requireId())
        .map(
            disk -> {
              List<StorageDomain> domains =
                  Objects.requireNonNullElse(disk.value().storageDomains(), List.of());
              return new AttachedDisk(
                  attachment,
                  disk.value(),
                  domains.isEmpty() ? "" : domains.getFirst().requireId(),
                  disk.id(),
                  Objects.requireNonNullElse(disk.value().imageId(), disk.id()));
            });
  }

  static PluggedNic plugged(Snapshot snapshot, Nic nic) {
    Optional<VnicProfile> profile =
        Optional.ofNullable(nic.vnicProfile())
            .flatMap(reference -> snapshot.find(Kinds.VNIC_PROFILE, reference.requireId()))
            .map(Entity::value);
    Optional<Network> network =
        profile
            .map(VnicProfile::network)
            .flatMap(reference -> snapshot.find(Kinds.NETWORK, reference.requireId()))
            .map(Entity::value);
    Optional<String> filter =
        profile
            .map(VnicProfile::networkFilter)
            .flatMap(reference -> snapshot.find(Kinds.NETWORK_FILTER, reference.requireId()))
            .map(Entity::value)
            .map(NetworkFilter::name);
    return new PluggedNic(
        nic,
        network
            .map(known -> Objects.requireNonNullElse(known.vdsmName(), known.name()))
            .orElse(null),
        filter.orElse(null),
        profile.map(VnicProfile::customProperties).orElse(null),
        filterParameters(snapshot, nic));
  }

  private static Map<String, String> filterParameters(Snapshot snapshot, Nic nic) {
    Map<String, String> parameters = new TreeMap<>();
    snapshot
        .owned(Kinds.NETWORK_FILTER_PARAMETER, Kinds.NIC.key(nic.requireId()))
        .forEach(
            parameter ->
                parameters.put(
                    Objects.requireNonNull(parameter.value().name()),
                    Objects.requireNonNullElse(parameter.value().value(), "")));
    return parameters;
  }

  /** Names of the host's bridges that the machine needs. */
  List<String> bridges() {
    return nics.stream().map(PluggedNic::bridge).filter(Objects::nonNull).distinct().toList();
  }

  /** Whether it boots from a kernel that is given by path rather than from a disk. */
  boolean bootsKernel() {
    return vm.value().os() != null
        && vm.value().os().kernel() != null
        && !Objects.requireNonNull(vm.value().os().kernel()).isEmpty();
  }

  /** A disk of the machine that a job works on. */
  static Optional<Disk> lockedDisk(Snapshot snapshot, Entity<Vm> vm) {
    return snapshot.owned(Kinds.DISK_ATTACHMENT, vm.key()).stream()
        .flatMap(attachment -> snapshot.find(Kinds.DISK, attachment.id()).stream())
        .map(Entity::value)
        .filter(disk -> disk.status() == DiskStatus.LOCKED)
        .findFirst();
  }
}
