package io.overt.engine.templates;

import io.overt.access.permissions.CreationGrants;
import io.overt.access.session.Caller;
import io.overt.engine.disks.DiskSource;
import io.overt.engine.disks.TemplateDisks;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.vms.VmNeighbours;
import io.overt.engine.vms.devices.MachineDevices;
import io.overt.engine.vms.snapshots.SnapshotSource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.services.TemplateService;
import io.overt.model.services.TemplatesService;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.operations.JobRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code /templates}. */
public final class Templates implements TemplatesService {
  private final Platform platform;
  private final VmNeighbours neighbours;
  private final TemplatePresenter presenter = new TemplatePresenter();
  private final Resource<Template> resource;
  private final Resource<Vm> machines;

  public Templates(Platform platform, VmNeighbours neighbours) {
    this.platform = platform;
    this.neighbours = neighbours;
    this.resource = new Resource<>(platform, Kinds.TEMPLATE, presenter);
    this.machines = new Resource<>(platform, Kinds.VM);
  }

  /** A new engine has Blank; icons of operating systems, if any, must be installed before. */
  public static void install(Transaction transaction) {
    Blank.install(transaction);
  }

  @Override
  public List<Template> list(ListRequest request) {
    return resource.list(request.call());
  }

  private record Result(Entity<Template> template, String job, boolean copies) {}

  @Override
  public Outcome<Template> add(AddRequest request) {
    Call call = request.call();
    Template body = platform.body(request.template());
    if (body.name() == null || body.name().isEmpty()) {
      throw ApiFault.incomplete("Template", "name", "add");
    }
    Vm reference = body.vm();
    if (reference == null || (reference.id() == null && reference.name() == null)) {
      throw ApiFault.incomplete("Template", "vm.id|name", "add");
    }
    Result result = platform.write(transaction -> add(transaction, call, body, reference));
    Template shown = presenter.presentAll(result.template(), platform.snapshot());
    return result.copies()
        ? Outcome.started(shown, result.job())
        : Outcome.done(shown, result.job());
  }

  private Result add(Transaction transaction, Call call, Template body, Vm reference) {
    String sourceId = References.resolve(transaction, Kinds.VM, reference).id();
    Entity<Vm> vm = machines.require(call, transaction, sourceId);
    String snapshot = SnapshotSource.named(reference);
    SnapshotSource kept = snapshot == null ? null : SnapshotSource.of(transaction, snapshot);
    if (kept != null && !kept.machine().id().equals(vm.id())) {
      throw ApiFault.missing("Snapshot: id=" + snapshot);
    }
    Entity<Vm> source = kept == null ? vm : kept.machine();
    if (kept == null && source.value().status() != VmStatus.DOWN) {
      throw ApiFault.conflict(
          "Cannot create a template of VM " + source.value().name() + ": it is not down.");
    }
    MachineDevices devices =
        kept == null ? MachineDevices.now(transaction.current(), source.key()) : kept.devices();
    Entity<Template> template =
        new NewTemplate(platform).insert(transaction, body, source, devices);
    Caller caller = platform.caller(call);
    CreationGrants.created(transaction, caller, template.key(), CreationGrants.Audience.CREATOR);
    platform
        .events()
        .append(
            transaction,
            "USER_ADD_VM_TEMPLATE",
            platform.about(call, template.value()).and(source.value()));
    Optional<JobRequest> copying =
        neighbours
            .disks()
            .copyToTemplate(
                transaction,
                call,
                kept == null ? DiskSource.now(source.key()) : kept.disks(),
                template,
                Objects.requireNonNullElse(reference.diskAttachments(), List.of()));
    JobRequest job = copying.orElseGet(() -> unlocking(caller, source, template));
    return new Result(
        template, neighbours.operations().get().start(transaction, job), copying.isPresent());
  }

  private static JobRequest unlocking(Caller caller, Entity<Vm> source, Entity<Template> template) {
    return new JobRequest(
        CreateTemplate.NAME,
        "Creating Template " + template.value().name() + " from VM " + source.value().name(),
        caller.userId(),
        caller.correlationId(),
        Map.of(TemplateDisks.TEMPLATE, template.id(), TemplateDisks.SOURCE, source.id()));
  }

  @Override
  public TemplateService template(String id) {
    return new OneTemplate(platform, neighbours, presenter, id);
  }
}
