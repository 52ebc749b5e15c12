package io.overt.engine.vms.devices;

import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.types.Architecture;
import io.overt.model.types.Cpu;
import io.overt.model.types.Watchdog;
import io.overt.model.types.WatchdogModel;
import java.util.Set;

/** What holds for the watchdogs of machines and templates alike: there is one at most. */
final class Watchdogs {
  private static final Set<String> READ_ONLY = Set.of("vm", "template", "instance_type", "vms");

  private Watchdogs() {}

  /** The model diag288 is one of IBM Z alone. Instance types have no architecture yet. */
  private static void requireFitting(Struct owner, Watchdog watchdog) {
    if (watchdog.model() != WatchdogModel.DIAG288 || !(owner.get("cpu") instanceof Cpu cpu)) {
      return;
    }
    Architecture architecture = cpu.architecture();
    if (architecture != null && architecture != Architecture.S390X) {
      throw ApiFault.bad(
          "watchdog.model '%s' is for the architecture s390x, not %s"
              .formatted(watchdog.model().wire(), architecture.wire()));
    }
  }

  static <O extends Struct> Outcome<Watchdog> add(
      Devices<O, Watchdog> watchdogs, Call call, Watchdog body) {
    Entity<Watchdog> added =
        watchdogs
            .platform()
            .write(
                transaction -> {
                  requireFitting(watchdogs.owner(call, transaction).value(), body);
                  if (!watchdogs.all(transaction).isEmpty()) {
                    throw ApiFault.conflict("There is a watchdog already; one only is possible.");
                  }
                  return watchdogs.insert(
                      transaction,
                      new Watchdog()
                          .id(watchdogs.platform().newId())
                          .action(body.action())
                          .model(body.model()));
                });
    return Outcome.done(Devices.shown(added));
  }

  static <O extends Struct> Outcome<Watchdog> update(
      Devices<O, Watchdog> watchdogs, Call call, String id, Watchdog body) {
    Entity<Watchdog> updated =
        watchdogs
            .platform()
            .write(
                transaction -> {
                  Entity<Watchdog> current = watchdogs.require(call, transaction, id);
                  requireFitting(watchdogs.owner(call, transaction).value(), body);
                  return transaction.update(
                      current, Updates.merge(current.value(), body, READ_ONLY));
                });
    return Outcome.done(Devices.shown(updated));
  }
}
