package io.overt.engine.templates;

import io.overt.engine.disks.TemplateDisks;
import io.overt.engine.resource.Platform;
import io.overt.events.About;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Template;
import io.overt.model.types.TemplateStatus;
import io.overt.model.types.Vm;
import io.overt.operations.Operation;
import io.overt.operations.Step;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.util.List;

/** The job that makes a new template usable, after its disks, if any, have been copied. */
public final class CreateTemplate {
  public static final String NAME = "CreateTemplate";

  private final Platform platform;

  public CreateTemplate(Platform platform) {
    this.platform = platform;
  }

  /** For templates without disks. */
  public Operation operation() {
    return new Operation(NAME, List.of(new Unlock()));
  }

  /** The last step: the template may be used. Operations that copy disks end with it too. */
  public Step unlock() {
    return new Unlock();
  }

  private final class Unlock implements Step {
    @Override
    public String name() {
      return "unlock";
    }

    @Override
    public String description(StepContext context) {
      return "Finalizing";
    }

    @Override
    public StepOutcome run(StepContext context) {
      return platform
          .inventory()
          .writeRetrying(
              transaction ->
                  transaction
                      .find(Kinds.TEMPLATE, context.get(TemplateDisks.TEMPLATE))
                      .map(template -> unlocked(transaction, context, template))
                      .orElseGet(() -> StepOutcome.failed("The template was removed meanwhile.")));
    }
  }

  private StepOutcome unlocked(
      Transaction transaction, StepContext context, Entity<Template> template) {
    if (template.value().status() == TemplateStatus.LOCKED) {
      Template usable = (Template) template.value().shallowCopy();
      transaction.update(template, usable.status(TemplateStatus.OK));
      Vm source =
          transaction
              .find(Kinds.VM, context.get(TemplateDisks.SOURCE))
              .map(Entity::value)
              .orElse(null);
      platform
          .events()
          .append(
              transaction,
              "USER_ADD_VM_TEMPLATE_FINISHED_SUCCESS",
              About.object(template.value()).and(source).correlated(context.correlationId()));
    }
    return StepOutcome.done();
  }
}
