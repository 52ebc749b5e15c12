package io.overt.engine.disks;

import io.overt.inventory.Entity;
import io.overt.inventory.Transaction;
import io.overt.model.Call;
import io.overt.model.types.Disk;
import io.overt.model.types.Vm;

/** Port: moves disks while a machine writes to them. */
public interface LiveMoves {
  /**
   * Locks the disk and starts the job that moves it; where to is checked already.
   *
   * @return the job
   * @throws io.overt.model.ApiFault 409 when the machine, or the disk, does not allow it now
   */
  String move(Transaction transaction, Call call, Entity<Vm> vm, Entity<Disk> disk, Route route);

  /**
   * From one storage domain to another.
   *
   * @param profile of the target, empty for none
   */
  record Route(String source, String target, String profile) {}
}
