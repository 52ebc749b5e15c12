package io.overt.engine.vms;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.tags.AssignedTags;
import io.overt.engine.vms.devices.Consoles;
import io.overt.engine.vms.devices.Tickets;
import io.overt.engine.vms.devices.VmCdroms;
import io.overt.engine.vms.devices.VmConsoles;
import io.overt.engine.vms.devices.VmMediatedDevices;
import io.overt.engine.vms.devices.VmNics;
import io.overt.engine.vms.devices.VmNumaNodes;
import io.overt.engine.vms.devices.VmWatchdogs;
import io.overt.engine.vms.guest.ReportedDevices;
import io.overt.engine.vms.guest.VmApplications;
import io.overt.engine.vms.guest.VmSessions;
import io.overt.engine.vms.guest.VmStatistics;
import io.overt.engine.vms.run.GuestActions;
import io.overt.engine.vms.run.HotPlugs;
import io.overt.engine.vms.run.LiveResources;
import io.overt.engine.vms.run.RunOnce;
import io.overt.engine.vms.run.Screenshots;
import io.overt.engine.vms.snapshots.MachineSnapshots;
import io.overt.engine.vms.snapshots.VmSnapshots;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NeverSucceeds;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedAffinityLabelsService;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.AssignedTagsService;
import io.overt.model.services.DiskAttachmentsService;
import io.overt.model.services.KatelloErrataService;
import io.overt.model.services.SnapshotsService;
import io.overt.model.services.StatisticsService;
import io.overt.model.services.VmApplicationsService;
import io.overt.model.services.VmBackupsService;
import io.overt.model.services.VmCdromsService;
import io.overt.model.services.VmCheckpointsService;
import io.overt.model.services.VmGraphicsConsolesService;
import io.overt.model.services.VmHostDevicesService;
import io.overt.model.services.VmMediatedDevicesService;
import io.overt.model.services.VmNicsService;
import io.overt.model.services.VmNumaNodesService;
import io.overt.model.services.VmReportedDevicesService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmSessionsService;
import io.overt.model.services.VmWatchdogsService;
import io.overt.model.types.Action;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code /vms/{id}}. */
final class OneVm implements VmService {
  private final Platform platform;
  private final VmNeighbours neighbours;
  private final Machines machines;
  private final VmPresenter presenter;
  private final Resource<Vm> resource;
  private final ActionTarget target;
  private final String id;

  OneVm(
      Platform platform,
      VmNeighbours neighbours,
      Machines machines,
      VmPresenter presenter,
      String id) {
    this.platform = platform;
    this.neighbours = neighbours;
    this.machines = machines;
    this.presenter = presenter;
    this.resource = new Resource<>(platform, Kinds.VM, presenter);
    this.target = new ActionTarget(platform, resource, id);
    this.id = id;
  }

  @Override
  public Vm get(GetRequest request) {
    if (!Boolean.TRUE.equals(request.nextRun())) {
      return resource.get(request.call(), id);
    }
    io.overt.inventory.Snapshot snapshot = platform.snapshot();
    Entity<Vm> vm = resource.require(request.call(), snapshot, id);
    Vm next = NextRun.of(snapshot, vm);
    Entity<Vm> changed = new Entity<>(vm.kind(), next, vm.owner(), vm.internals(), vm.version());
    Vm shown = presenter.present(changed, snapshot, request.call());
    return next.display() == null || next.display().type_() == null
        ? shown
        : shown.display(next.display());
  }

  @Override
  public Outcome<Vm> update(UpdateRequest request) {
    Call call = request.call();
    Vm body = platform.body(request.vm());
    boolean later = Boolean.TRUE.equals(request.nextRun());
    List<LiveResources.Applied> applied = later ? List.of() : changeRunning(call, body);
    Entity<Vm> updated =
        platform.writeRetrying(
            transaction -> {
              Entity<Vm> vm = resource.require(call, transaction, id);
              Vm wanted = VmUpdates.merged(platform, transaction, vm, body);
              if (vm.value().status() == VmStatus.DOWN && !later) {
                Consoles.replace(transaction, vm.key(), body.display());
              }
              Entity<Vm> entity = NextRun.update(platform, transaction, vm, wanted, later, applied);
              platform.report(transaction, "USER_UPDATE_VM", call, entity.value());
              return entity;
            });
    return Outcome.done(presenter.presentAll(updated, platform.snapshot()));
  }

  /** Checks an update of a running machine, and has the host do what can be done now. */
  private List<LiveResources.Applied> changeRunning(Call call, Vm body) {
    if (body.cpu() == null && body.memory() == null) {
      return List.of();
    }
    record Update(Entity<Vm> vm, Vm wanted) {}
    Update update =
        platform.write(
            transaction -> {
              Entity<Vm> vm = resource.require(call, transaction, id);
              return new Update(vm, VmUpdates.merged(platform, transaction, vm, body));
            });
    return new LiveResources(platform, hotPlugs()).apply(call, update.vm(), update.wanted());
  }

  @Override
  public Outcome<Struct> remove(RemoveRequest request) {
    Call call = request.call();
    boolean detachOnly = Boolean.TRUE.equals(request.detachOnly());
    String job =
        platform.write(
            transaction -> {
              Entity<Vm> vm = resource.require(call, transaction, id);
              VmRemoval.requireRemovable(vm, Boolean.TRUE.equals(request.force()));
              return VmRemoval.remove(platform, neighbours, transaction, call, vm, detachOnly);
            });
    return new Outcome<>(null, job, false);
  }

  @Override
  public Outcome<Action> start(StartRequest request) {
    target.require(request.call(), "start");
    platform.write(
        transaction -> {
          NextRun.apply(transaction, resource.require(request.call(), transaction, id));
          return id;
        });
    return neighbours.lifeCycle().start(request.call(), id, RunOnce.of(request));
  }

  @Override
  public Outcome<Action> stop(StopRequest request) {
    target.require(request.call(), "stop");
    Outcome<Action> stopped = neighbours.lifeCycle().stop(request.call(), id, request.reason());
    if (stopped.job() != null) {
      return stopped;
    }
    String job =
        platform.write(
            transaction ->
                platform.finishedJob(
                    transaction,
                    request.call(),
                    "Stopping VM "
                        + transaction.find(Kinds.VM, id).map(vm -> vm.value().name()).orElse(id)));
    return new Outcome<>(stopped.entity(), job, stopped.pending());
  }

  @Override
  public Outcome<Action> shutdown(ShutdownRequest request) {
    target.require(request.call(), "shut down");
    return neighbours.lifeCycle().shutdown(request.call(), id, request.reason());
  }

  @Override
  public Outcome<Action> reboot(RebootRequest request) {
    target.require(request.call(), "reboot");
    return neighbours.lifeCycle().reboot(request.call(), id);
  }

  @Override
  public Outcome<Action> reset(ResetRequest request) {
    target.require(request.call(), "reset");
    return neighbours.lifeCycle().reset(request.call(), id);
  }

  @Override
  public Outcome<Action> suspend(SuspendRequest request) {
    target.requireUp(request.call(), "suspend");
    return neighbours.lifeCycle().suspend(request.call(), id);
  }

  @Override
  public Outcome<Action> migrate(MigrateRequest request) {
    target.require(request.call(), "migrate");
    return neighbours.lifeCycle().migrations().migrate(request.call(), id, request);
  }

  @Override
  public Outcome<Action> cancelMigration(CancelMigrationRequest request) {
    target.require(request.call(), "cancel the migration of");
    return neighbours.lifeCycle().migrations().cancel(request.call(), id);
  }

  @Override
  public Outcome<Action> freezeFilesystems(FreezeFilesystemsRequest request) {
    target.requireUp(request.call(), "freeze the file systems of");
    return guests().freeze(request.call(), id);
  }

  @Override
  public Outcome<Action> thawFilesystems(ThawFilesystemsRequest request) {
    target.requireUp(request.call(), "thaw the file systems of");
    return guests().thaw(request.call(), id);
  }

  @Override
  public Outcome<Action> export(ExportRequest request) {
    Call call = request.call();
    target.require(call, "export");
    String job =
        platform.writeRetrying(
            transaction ->
                neighbours
                    .appliances()
                    .export(
                        transaction,
                        call,
                        resource.require(call, transaction, id),
                        new ApplianceExports.Destination(
                            request.storageDomain(),
                            request.host(),
                            request.directory(),
                            request.filename())));
    return Outcome.started(new Action(), job);
  }

  @Override
  public Outcome<Action> screenshot(ScreenshotRequest request) {
    Entity<Vm> vm = target.require(request.call(), "take a screenshot of");
    return new Screenshots(platform, hotPlugs()).take(request.call(), vm);
  }

  @Override
  public Outcome<Action> clone(CloneRequest request) {
    target.requireBefore();
    Call call = request.call();
    Vm body = platform.body(request.vm());
    Vms.Result result =
        platform.writeRetrying(
            transaction -> {
              Entity<Vm> source = resource.require(call, transaction, id);
              requireDown(source, "clone");
              Machines.Added added = machines.copy(transaction, call, source, body);
              Vms.Result copied = Vms.finish(neighbours, transaction, added);
              return copied.job() == null
                  ? new Vms.Result(copied.machine(), cloned(transaction, call, source, body))
                  : copied;
            });
    boolean pending = result.machine().value().status() == VmStatus.IMAGE_LOCKED;
    return new Outcome<>(new Action(), result.job(), pending);
  }

  private String cloned(Transaction transaction, Call call, Entity<Vm> source, Vm body) {
    return platform.finishedJob(
        transaction, call, "Cloning VM " + source.value().name() + " as " + body.name());
  }

  @Override
  public Outcome<Action> detach(DetachRequest request) {
    target.require(request.call(), "detach");
    Call call = request.call();
    String job =
        platform.write(
            transaction -> {
              Entity<Vm> vm = resource.require(call, transaction, id);
              requireDown(vm, "detach");
              if (vm.value().vmPool() == null) {
                throw ApiFault.conflict("VM " + vm.value().name() + " belongs to no pool.");
              }
              Vm free = (Vm) vm.value().shallowCopy();
              transaction.update(
                  vm, free.vmPool(null).stateless(false).useLatestTemplateVersion(null));
              platform.report(transaction, "USER_REMOVE_VM_FROM_POOL", call, vm.value());
              return platform.finishedJob(transaction, call, "Detaching VM " + vm.value().name());
            });
    return Outcome.done(new Action(), job);
  }

  @Override
  public Outcome<Action> reorderMacAddresses(ReorderMacAddressesRequest request) {
    Call call = request.call();
    platform.write(
        transaction -> {
          Entity<Vm> vm = resource.require(call, transaction, id);
          requireDown(vm, "reorder the MAC addresses of");
          VmUpdates.reorderAddresses(transaction, vm.key());
          return id;
        });
    return Outcome.done(new Action());
  }

  @Override
  public Outcome<Action> ticket(TicketRequest request) {
    target.requireBefore();
    Call call = request.call();
    io.overt.inventory.Snapshot snapshot = platform.snapshot();
    Entity<Vm> vm = resource.require(call, snapshot, id);
    List<Entity<GraphicsConsole>> consoles = snapshot.owned(Kinds.GRAPHICS_CONSOLE, vm.key());
    if (consoles.isEmpty()) {
      throw ApiFault.conflict("VM " + vm.value().name() + " has no graphics console.");
    }
    GraphicsType protocol = Objects.requireNonNull(consoles.getFirst().value().protocol());
    Tickets tickets = new Tickets(platform, neighbours.hosts());
    return Outcome.done(new Action().ticket(tickets.set(call, vm, protocol, request.ticket())));
  }

  @Override
  @NeverSucceeds
  public Outcome<Action> logon(LogonRequest request) {
    target.requireUp(request.call(), "log on to");
    Entity<Vm> vm = resource.require(request.call(), platform.snapshot(), id);
    neighbours
        .hosts()
        .call(
            vm.value(),
            "VM.desktopLogin",
            Map.of("vmID", id, "domain", "", "username", "", "password", ""),
            platform.caller(request.call()).correlationId());
    return Outcome.done(new Action());
  }

  @Override
  @NeverSucceeds
  public Outcome<Action> maintenance(MaintenanceRequest request) {
    target.requireBefore();
    resource.require(request.call(), platform.snapshot(), id);
    throw ApiFault.bad("Maintenance mode is for the machine of a hosted engine only.");
  }

  @Override
  public Outcome<Action> undoSnapshot(UndoSnapshotRequest request) {
    target.require(request.call(), "leave the preview of");
    return Outcome.started(new Action(), neighbours.snapshots().undo(request.call(), id));
  }

  @Override
  public Outcome<Action> commitSnapshot(CommitSnapshotRequest request) {
    target.require(request.call(), "leave the preview of");
    return Outcome.started(new Action(), neighbours.snapshots().commit(request.call(), id));
  }

  @Override
  public Outcome<Action> previewSnapshot(PreviewSnapshotRequest request) {
    io.overt.inventory.Snapshot inventory = platform.snapshot();
    Entity<Vm> vm = target.require(request.call(), "preview a snapshot of");
    String snapshotId =
        request.snapshot() == null ? "" : Objects.requireNonNullElse(request.snapshot().id(), "");
    Optional<?> found = inventory.find(Kinds.SNAPSHOT, vm.key(), snapshotId);
    if (found.isEmpty()) {
      throw ApiFault.bad("VM " + vm.value().name() + " has no snapshot " + snapshotId + ".");
    }
    String job =
        neighbours
            .snapshots()
            .back(
                request.call(),
                id,
                snapshotId,
                Boolean.TRUE.equals(request.restoreMemory()),
                Objects.requireNonNullElse(request.disks(), List.of()),
                MachineSnapshots.Back.PREVIEW);
    return Outcome.started(new Action(), job);
  }

  static void requireDown(Entity<Vm> vm, String what) {
    ActionTarget.requireStatus(vm, what, VmStatus.DOWN);
  }

  private GuestActions guests() {
    return new GuestActions(platform, hotPlugs());
  }

  private HotPlugs hotPlugs() {
    return new HotPlugs(platform, neighbours.hosts());
  }

  private Key key() {
    return Kinds.VM.key(id);
  }

  @Override
  public AssignedPermissionsService permissions() {
    return neighbours.permissions().apply(key());
  }

  @Override
  public AssignedTagsService tags() {
    return new AssignedTags<>(platform, Kinds.VM, id);
  }

  @Override
  public AssignedAffinityLabelsService affinityLabels() {
    return neighbours.affinityLabels().apply(key());
  }

  @Override
  public DiskAttachmentsService diskAttachments() {
    return neighbours.diskAttachments().apply(id);
  }

  @Override
  public VmNicsService nics() {
    return new VmNics(platform, neighbours.reports(), hotPlugs(), id);
  }

  @Override
  public VmCdromsService cdroms() {
    return new VmCdroms(platform, neighbours.reports(), hotPlugs(), id);
  }

  @Override
  public VmGraphicsConsolesService graphicsConsoles() {
    Tickets tickets = new Tickets(platform, neighbours.hosts());
    return new VmConsoles(platform, neighbours.reports(), tickets, id);
  }

  @Override
  public VmWatchdogsService watchdogs() {
    return new VmWatchdogs(platform, id);
  }

  @Override
  public VmNumaNodesService numaNodes() {
    return new VmNumaNodes(platform, id);
  }

  @Override
  public SnapshotsService snapshots() {
    return new VmSnapshots(platform, neighbours.snapshots(), id, NextRun::isOne);
  }

  @Override
  public StatisticsService statistics() {
    return new VmStatistics(platform, neighbours.reports(), id);
  }

  @Override
  public VmApplicationsService applications() {
    return new VmApplications(platform, neighbours.reports(), id);
  }

  @Override
  public VmSessionsService sessions() {
    return new VmSessions(platform, neighbours.reports(), id);
  }

  @Override
  public VmReportedDevicesService reportedDevices() {
    return ReportedDevices.ofMachine(platform, neighbours.reports(), id);
  }

  @Override
  public VmHostDevicesService hostDevices() {
    return new EmptyCollections(resource, platform, id).hostDevices();
  }

  @Override
  public VmBackupsService backups() {
    return new EmptyCollections(resource, platform, id).backups();
  }

  @Override
  public VmCheckpointsService checkpoints() {
    return new EmptyCollections(resource, platform, id).checkpoints();
  }

  @Override
  public VmMediatedDevicesService mediatedDevices() {
    return new VmMediatedDevices(platform, id);
  }

  @Override
  public KatelloErrataService katelloErrata() {
    return new EmptyCollections(resource, platform, id).katelloErrata();
  }
}
