package io.overt.engine.pools;

import io.overt.engine.resource.Presenter;
import io.overt.engine.vms.VmPresenter;
import io.overt.inventory.Entity;
import io.overt.inventory.Snapshot;
import io.overt.model.Call;
import io.overt.model.types.Vm;
import io.overt.model.types.VmPool;
import java.util.List;

/** A pool with its size, which is the number of its machines, and the first of them as a sample. */
final class PoolPresenter implements Presenter<VmPool> {
  private final VmPresenter machines;

  PoolPresenter(VmPresenter machines) {
    this.machines = machines;
  }

  @Override
  public VmPool present(Entity<VmPool> entity, Snapshot snapshot, Call call) {
    return shown(entity, snapshot, false);
  }

  /** As answers of adding and updating are. */
  VmPool presentAll(Entity<VmPool> entity, Snapshot snapshot) {
    return shown(entity, snapshot, true);
  }

  private VmPool shown(Entity<VmPool> entity, Snapshot snapshot, boolean all) {
    VmPool pool = (VmPool) entity.value().shallowCopy();
    List<Entity<Vm>> members = PoolMachines.of(snapshot, entity.id());
    pool.size((long) members.size());
    if (!members.isEmpty()) {
      Vm sample =
          all
              ? machines.presentAll(members.getFirst(), snapshot)
              : machines.presentPlain(members.getFirst(), snapshot);
      sample.set("cluster", null);
      sample.set("cpu_profile", null);
      sample.set("quota", null);
      sample.set("small_icon", null);
      sample.vmPool(null).initialization(null);
      if (!all) {
        sample.template(null);
      }
      sample.expand();
      pool.vm(sample);
    }
    return pool;
  }
}
