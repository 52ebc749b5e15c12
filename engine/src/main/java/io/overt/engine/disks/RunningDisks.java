package io.overt.engine.disks;

import io.overt.inventory.Entity;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.Vm;
import org.jspecify.annotations.Nullable;

/** Port: plugs disks into running machines. */
public interface RunningDisks {
  /**
   * @throws io.overt.model.ApiFault 409 when the host refuses
   */
  void plugDisk(@Nullable String correlationId, Entity<Vm> vm, DiskAttachment attachment);

  /**
   * @throws io.overt.model.ApiFault 409 when the host refuses
   */
  void unplugDisk(@Nullable String correlationId, Entity<Vm> vm, DiskAttachment attachment);
}
