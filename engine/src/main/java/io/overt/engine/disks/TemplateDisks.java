package io.overt.engine.disks;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Transaction;
import io.overt.model.Call;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.operations.JobRequest;
import java.util.List;
import java.util.Optional;

/**
 * The disks of machines and templates that come and go with them. The storage feature implements
 * this; an answer without a job means that nothing is left to do.
 */
public interface TemplateDisks {
  /** Key of a job's data: the template that waits for its disks. */
  String TEMPLATE = "template";

  /** Key of a job's data: the machine that the template is made of. */
  String SOURCE = "source";

  /**
   * Gives a new machine the disks of its source, which is locked until the job has ended.
   *
   * @param source a template or another machine
   * @param wanted how the client wants single disks, by the id of the source's disk
   * @param independent true for full copies, false for layers above the template's disks
   */
  Optional<JobRequest> copyToMachine(
      Transaction transaction,
      Call call,
      DiskSource source,
      Entity<Vm> machine,
      List<DiskAttachment> wanted,
      boolean independent);

  /** Gives a new template copies of a machine's disks; the job must unlock the template. */
  Optional<JobRequest> copyToTemplate(
      Transaction transaction,
      Call call,
      DiskSource source,
      Entity<Template> template,
      List<DiskAttachment> wanted);

  /** Removes the disks of a machine or template that is being removed. */
  Optional<JobRequest> remove(Transaction transaction, Call call, Key owner);
}
