package io.overt.engine.vms.devices;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Struct;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.Nic;
import io.overt.model.types.VmMediatedDevice;
import io.overt.model.types.Watchdog;
import java.util.List;

/** The devices of a machine or template that a copy of it has as well; disks are not among them. */
public record MachineDevices(
    List<Nic> nics,
    List<GraphicsConsole> consoles,
    List<Watchdog> watchdogs,
    List<VmMediatedDevice> mediated) {

  /** Those that it has now. */
  public static MachineDevices now(Snapshot inventory, Key owner) {
    return new MachineDevices(
        values(inventory, Kinds.NIC, owner),
        values(inventory, Kinds.GRAPHICS_CONSOLE, owner),
        values(inventory, Kinds.WATCHDOG, owner),
        values(inventory, Kinds.VM_MEDIATED_DEVICE, owner));
  }

  private static <T extends Struct> List<T> values(Snapshot inventory, Kind<T> kind, Key owner) {
    return inventory.owned(kind, owner).stream().map(Entity::value).toList();
  }
}
