package io.overt.engine.vms;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.storage.DomainUsers;
import io.overt.engine.vms.devices.Consoles;
import io.overt.engine.vms.devices.MacAddresses;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Cluster;
import io.overt.model.types.Configuration;
import io.overt.model.types.ConfigurationType;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.Nic;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VnicProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Machines that come back from the document that describes them, as backup programs restore them:
 * they upload the disks under their old ids, and then add the machine, which gets its disks again.
 */
final class ConfiguredMachines {
  private final Platform platform;
  private final Machines machines;

  ConfiguredMachines(Platform platform, Machines machines) {
    this.platform = platform;
    this.machines = machines;
  }

  /**
   * Adds the machine with all its devices.
   *
   * @param body what is to be otherwise than the document says
   * @param anew whether it gets an id and addresses of its own
   * @throws ApiFault 400 when the document cannot be read, 409 when there is such a machine
   */
  Entity<Vm> add(
      Transaction transaction, Call call, Vm body, Configuration configuration, boolean anew) {
    if (configuration.type_() != ConfigurationType.OVF) {
      throw ApiFault.bad(
          "vm.initialization.configuration.type is '%s'; expected ovf"
              .formatted(Objects.requireNonNull(configuration.type_()).wire()));
    }
    OvfReader.Machine described =
        OvfReader.read(Objects.requireNonNull(configuration.data()).strip());
    Optional<String> id = described.id().filter(known -> !anew);
    if (id.isPresent() && transaction.find(Kinds.VM, id.get()).isPresent()) {
      throw ApiFault.conflict(
          "Cannot import VM %s: there is a VM with the id %s already."
              .formatted(described.values().name(), id.get()));
    }
    Vm wanted = (Vm) described.values().shallowCopy();
    Vm own = ((Vm) body.shallowCopy()).initialization(null).template(null);
    if (own.memory() != null) {
      // The document's limits belong to the document's size.
      wanted.memoryPolicy(null);
    }
    wanted.merge(own);
    wanted.template(new Template().id(Machines.BLANK));
    Machines.Plan plan = machines.plan(transaction, wanted, false);
    Entity<Vm> vm =
        machines.add(transaction, call, wanted, plan, id.orElseGet(platform::newId)).machine();
    consoles(transaction, vm, described.consoles());
    nics(transaction, vm, described.nics(), plan.cluster().value(), anew);
    disks(transaction, call, vm, described.disks());
    return vm;
  }

  private static void consoles(Transaction transaction, Entity<Vm> vm, List<GraphicsType> wanted) {
    transaction.current().owned(Kinds.GRAPHICS_CONSOLE, vm.key()).forEach(transaction::delete);
    wanted.stream()
        .distinct()
        .forEach(type -> transaction.insert(Kinds.GRAPHICS_CONSOLE, Consoles.of(type), vm.key()));
  }

  private void nics(
      Transaction transaction, Entity<Vm> vm, List<Nic> wanted, Cluster cluster, boolean anew) {
    MacAddresses addresses = wanted.isEmpty() ? null : MacAddresses.of(transaction);
    for (Nic described : wanted) {
      Nic nic = (Nic) described.shallowCopy();
      nic.id(platform.newId());
      String address = nic.mac() == null ? null : nic.mac().address();
      if (addresses != null) {
        nic.mac(
            anew || address == null ? addresses.next(cluster) : addresses.chosen(address, cluster));
      }
      nic.vnicProfile(profile(transaction, described.vnicProfile(), cluster).orElse(null));
      transaction.insert(Kinds.NIC, nic, vm.key());
    }
  }

  /** The profile of that name, for the network of that name, in the cluster's data center. */
  private static Optional<VnicProfile> profile(
      Transaction transaction,
      @org.jspecify.annotations.Nullable VnicProfile described,
      Cluster cluster) {
    if (described == null || cluster.dataCenter() == null) {
      return Optional.empty();
    }
    String network = String.valueOf(Objects.requireNonNull(described.network()).name());
    String center = cluster.dataCenter().requireId();
    return transaction.current().all(Kinds.VNIC_PROFILE).stream()
        .filter(profile -> Objects.equals(profile.value().name(), described.name()))
        .filter(
            profile ->
                Optional.ofNullable(profile.value().network())
                    .flatMap(each -> transaction.find(Kinds.NETWORK, each.requireId()))
                    .filter(found -> network.equals(found.value().name()))
                    .filter(
                        found ->
                            found.value().dataCenter() != null
                                && center.equals(found.value().dataCenter().requireId()))
                    .isPresent())
        .findFirst()
        .map(profile -> new VnicProfile().id(profile.id()));
  }

  /** Those that are there and free; the event names the others. */
  private void disks(
      Transaction transaction, Call call, Entity<Vm> vm, List<DiskAttachment> wanted) {
    List<String> missing = new ArrayList<>();
    for (DiskAttachment described : wanted) {
      Optional<Entity<Disk>> disk = available(transaction, described.requireId());
      if (disk.isPresent()) {
        DiskAttachment attachment = (DiskAttachment) described.shallowCopy();
        attachment.disk(new Disk().id(disk.get().id())).vm(new Vm().id(vm.id()));
        transaction.insert(Kinds.DISK_ATTACHMENT, attachment, vm.key());
      } else {
        missing.add(String.valueOf(Objects.requireNonNull(described.disk()).alias()));
      }
    }
    platform
        .events()
        .append(
            transaction,
            missing.isEmpty()
                ? "VM_IMPORT_FROM_CONFIGURATION_EXECUTED_SUCCESSFULLY"
                : "VM_IMPORT_FROM_CONFIGURATION_ATTACH_DISKS_FAILED",
            platform.about(call, vm.value()).with("DiskAliases", String.join(",", missing)));
  }

  private static Optional<Entity<Disk>> available(Transaction transaction, String id) {
    return transaction
        .find(Kinds.DISK, References.pathId(id))
        .filter(disk -> disk.value().status() == DiskStatus.OK)
        .filter(
            disk ->
                Boolean.TRUE.equals(disk.value().shareable())
                    || (DomainUsers.machines(transaction.current(), disk.id()).isEmpty()
                        && DomainUsers.templates(transaction.current(), disk.id()).isEmpty()));
  }
}
