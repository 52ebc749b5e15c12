package io.overt.engine.vms;

import io.overt.engine.disks.DiskSource;
import io.overt.engine.disks.TemplateDisks;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.operations.JobRequest;
import java.util.List;
import java.util.Optional;

/** For machines and templates without disks; refuses those that have some. */
public final class NoTemplateDisks implements TemplateDisks {
  @Override
  public Optional<JobRequest> copyToMachine(
      Transaction transaction,
      Call call,
      DiskSource source,
      Entity<Vm> machine,
      List<DiskAttachment> wanted,
      boolean independent) {
    return requireNone(transaction, source.owner(), "copied");
  }

  @Override
  public Optional<JobRequest> copyToTemplate(
      Transaction transaction,
      Call call,
      DiskSource source,
      Entity<Template> template,
      List<DiskAttachment> wanted) {
    return requireNone(transaction, source.owner(), "copied");
  }

  @Override
  public Optional<JobRequest> remove(Transaction transaction, Call call, Key owner) {
    return requireNone(transaction, owner, "removed; detach them first");
  }

  private static Optional<JobRequest> requireNone(Transaction transaction, Key owner, String what) {
    if (!transaction.current().owned(Kinds.DISK_ATTACHMENT, owner).isEmpty()) {
      throw ApiFault.conflict("The disks of " + owner + " cannot be " + what + ".");
    }
    return Optional.empty();
  }
}
