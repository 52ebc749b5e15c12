package io.overt.engine.vms.run;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.types.Action;
import io.overt.model.types.Vm;
import java.util.Map;

/** What a guest's own agent does for a client. */
public final class GuestActions {
  private final Platform platform;
  private final HotPlugs hosts;

  public GuestActions(Platform platform, HotPlugs hosts) {
    this.platform = platform;
    this.hosts = hosts;
  }

  /** Brings the guest's file systems to rest. */
  public Outcome<Action> freeze(Call call, String id) {
    Entity<Vm> vm = vm(id);
    report(call, "FREEZE_VM_INITIATED", vm);
    try {
      hosts.call(call, vm, "VM.freeze", Map.of("vmID", id));
    } catch (ApiFault e) {
      report(call, "USER_FAILED_TO_FREEZE_VM", vm);
      throw e;
    }
    report(call, "FREEZE_VM_SUCCESS", vm);
    return done(call, "Freezing VM " + vm.value().name());
  }

  /** Lets them go on. */
  public Outcome<Action> thaw(Call call, String id) {
    Entity<Vm> vm = vm(id);
    try {
      hosts.call(call, vm, "VM.thaw", Map.of("vmID", id));
    } catch (ApiFault e) {
      report(call, "USER_FAILED_TO_THAW_VM", vm);
      throw e;
    }
    return done(call, "Thawing VM " + vm.value().name());
  }

  private Entity<Vm> vm(String id) {
    return platform.snapshot().find(Kinds.VM, id).orElseThrow(ApiFault::notFound);
  }

  private Outcome<Action> done(Call call, String description) {
    return Outcome.done(
        new Action(),
        platform.write(transaction -> platform.finishedJob(transaction, call, description)));
  }

  private void report(Call call, String type, Entity<Vm> vm) {
    platform.write(
        transaction -> {
          platform.report(transaction, type, call, vm.value());
          return type;
        });
  }
}
