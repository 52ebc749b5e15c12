package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Cluster;
import io.overt.model.types.Nic;
import io.overt.model.types.Watchdog;

/** Gives a new machine or template the devices of another one; disks are not among them. */
public final class DeviceCopies {
  private DeviceCopies() {}

  /**
   * Copies network interfaces.
   *
   * @param cluster whose pool gives each its own address; null = none, as in templates
   */
  public static void nics(
      Platform platform,
      Transaction transaction,
      Key from,
      Key to,
      @org.jspecify.annotations.Nullable Cluster cluster) {
    var nics = transaction.current().owned(Kinds.NIC, from);
    if (nics.isEmpty()) {
      return;
    }
    MacAddresses addresses = cluster == null ? null : MacAddresses.of(transaction);
    for (Entity<Nic> nic : nics) {
      Nic copy = nic.value().copy();
      copy.id(platform.newId());
      copy.mac(addresses == null || cluster == null ? null : addresses.next(cluster));
      transaction.insert(Kinds.NIC, copy, to);
    }
  }

  /** Copies consoles, watchdogs and CD-ROM. */
  public static void others(Platform platform, Transaction transaction, Key from, Key to) {
    consoles(transaction, from, to);
    for (Entity<Watchdog> watchdog : transaction.current().owned(Kinds.WATCHDOG, from)) {
      Watchdog copy = watchdog.value().copy();
      copy.id(platform.newId());
      transaction.insert(Kinds.WATCHDOG, copy, to);
    }
    transaction.insert(Kinds.CDROM, Cdroms.empty(), to);
  }

  public static void consoles(Transaction transaction, Key from, Key to) {
    transaction
        .current()
        .owned(Kinds.GRAPHICS_CONSOLE, from)
        .forEach(console -> transaction.insert(Kinds.GRAPHICS_CONSOLE, console.value(), to));
  }
}
