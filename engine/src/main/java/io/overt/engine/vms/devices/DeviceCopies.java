package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Cluster;
import io.overt.model.types.Nic;
import io.overt.model.types.VmMediatedDevice;
import io.overt.model.types.Watchdog;
import org.jspecify.annotations.Nullable;

/** Gives a new machine or template the devices of another one; disks are not among them. */
public final class DeviceCopies {
  private DeviceCopies() {}

  /**
   * Copies network interfaces, consoles and watchdogs, and adds an empty CD-ROM drive.
   *
   * @param cluster whose pool gives each network interface an address of its own; null = none, as
   *     in templates
   */
  public static void copy(
      Platform platform,
      Transaction transaction,
      MachineDevices from,
      Key to,
      @Nullable Cluster cluster) {
    MacAddresses addresses =
        cluster == null || from.nics().isEmpty() ? null : MacAddresses.of(transaction);
    for (Nic nic : from.nics()) {
      Nic copy = nic.copy();
      copy.id(platform.newId());
      copy.mac(addresses == null || cluster == null ? null : addresses.next(cluster));
      transaction.insert(Kinds.NIC, copy, to);
    }
    from.consoles().forEach(console -> transaction.insert(Kinds.GRAPHICS_CONSOLE, console, to));
    for (Watchdog watchdog : from.watchdogs()) {
      Watchdog copy = watchdog.copy();
      copy.id(platform.newId());
      transaction.insert(Kinds.WATCHDOG, copy, to);
    }
    for (VmMediatedDevice device : from.mediated()) {
      VmMediatedDevice copy = device.copy();
      copy.id(platform.newId());
      transaction.insert(Kinds.VM_MEDIATED_DEVICE, copy, to);
    }
    transaction.insert(Kinds.CDROM, Cdroms.empty(), to);
  }
}
