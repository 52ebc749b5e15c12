package io.overt.engine.vms.run;

import io.overt.engine.resource.Platform;
import io.overt.engine.vms.run.MigrateVm.Moving;
import io.overt.events.About;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Vm;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The events that moves of machines leave. */
final class MigrationEvents {
  private final Platform platform;

  MigrationEvents(Platform platform) {
    this.platform = platform;
  }

  void begin(Transaction transaction, Entity<Vm> vm, Moving moving) {
    String reason = moving.reason() == null ? null : " (reason: " + moving.reason() + ")";
    append(
        transaction,
        moving.reason() == null ? "VM_MIGRATION_START" : "VM_MIGRATION_START_SYSTEM_INITIATED",
        about(transaction, vm, moving).with("OptionalReason", reason == null ? "" : reason));
  }

  void again(Transaction transaction, Entity<Vm> vm, Moving moving, String why) {
    append(
        transaction,
        "VM_MIGRATION_TRYING_RERUN",
        about(transaction, vm, moving).with("DueToMigrationError", due(why)));
  }

  void failed(Transaction transaction, Entity<Vm> vm, Moving moving, String why) {
    String type;
    if (moving.destination() == null) {
      type = "VM_MIGRATION_NO_VDS_TO_MIGRATE_TO";
    } else if (moving.leaving()) {
      type = "VM_MIGRATION_FAILED_DURING_MOVE_TO_MAINTENANCE";
    } else if (moving.requested()) {
      type = "VM_MIGRATION_TO_SERVER_FAILED";
    } else {
      type = "VM_MIGRATION_FAILED";
    }
    append(transaction, type, about(transaction, vm, moving).with("DueToMigrationError", due(why)));
  }

  private static String due(String why) {
    return why.isEmpty() ? "" : " due to an Error: " + why;
  }

  void done(Transaction transaction, Entity<Vm> vm, Moving moving, @Nullable Long downtime) {
    Duration took = moving.took(platform.clock().instant());
    String words = took.toSeconds() + " seconds";
    append(
        transaction,
        "VM_MIGRATION_DONE",
        about(transaction, vm, moving)
            .with("Duration", words)
            .with("TotalDuration", words)
            .with("ActualDowntime", downtime == null ? "(N/A)" : downtime + "ms"));
  }

  private About about(Transaction transaction, Entity<Vm> vm, Moving moving) {
    About about = moving.by(About.object(vm.value()));
    if (moving.source() != null) {
      transaction.find(Kinds.HOST, moving.source()).ifPresent(host -> about.and(host.value()));
    }
    return about.with("DestinationVdsName", name(transaction, moving.destination()));
  }

  private static @Nullable String name(Transaction transaction, @Nullable String host) {
    return host == null
        ? null
        : transaction.find(Kinds.HOST, host).map(found -> found.value().name()).orElse(host);
  }

  private void append(Transaction transaction, String type, About about) {
    platform.events().append(transaction, type, about);
  }
}
