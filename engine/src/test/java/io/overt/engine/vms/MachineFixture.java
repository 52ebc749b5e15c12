package io.overt.engine.vms;

import io.overt.engine.TestCall;
import io.overt.engine.TestEngine;
import io.overt.engine.disks.DiskWork;
import io.overt.engine.placement.Outside;
import io.overt.engine.placement.Placements;
import io.overt.engine.pools.VmPools;
import io.overt.engine.resource.HostVerbs;
import io.overt.engine.templates.CreateTemplate;
import io.overt.engine.templates.Templates;
import io.overt.engine.vms.run.HotPlugs;
import io.overt.engine.vms.run.StartVm;
import io.overt.engine.vms.run.VmLifeCycle;
import io.overt.engine.vms.run.VmMigrations;
import io.overt.engine.vms.snapshots.MachineSnapshots;
import io.overt.fleet.Fleet;
import io.overt.fleet.Report;
import io.overt.fleet.Reports;
import io.overt.inventory.Kinds;
import io.overt.inventory.MigrationSet;
import io.overt.model.Struct;
import io.overt.model.services.AssignedAffinityLabelsService;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.DiskAttachmentsService;
import io.overt.model.services.TemplateDiskAttachmentsService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.operations.Nodes;
import io.overt.operations.Operations;
import io.overt.scheduling.unit.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/** Machines, templates and pools on a new engine without hosts. */
public final class MachineFixture implements AutoCloseable {
  public final TestEngine engine = TestEngine.open();
  public final Vms vms;
  public final Templates templates;
  public final VmPools pools;
  private final Operations operations;

  public MachineFixture() {
    engine.inventory().database().migrate(new MigrationSet("operations", "1"));
    if (engine.inventory().snapshot().count(Kinds.TEMPLATE) == 0) {
      engine.inventory().change(Templates::install);
    }
    CreateTemplate createTemplate = new CreateTemplate(engine.platform());
    Nodes nodes = Nodes.join(engine.inventory().database().dataSource(), "test");
    operations =
        new Operations(
            engine.inventory(),
            nodes,
            List.of(createTemplate.operation()),
            Clock.systemUTC(),
            UUID::randomUUID);
    operations.open();
    Supplier<Fleet> noFleet =
        () -> {
          throw new IllegalStateException("this engine has no hosts");
        };
    Supplier<Operations> jobs = () -> operations;
    Placements placements =
        new Placements(
            engine::inventory,
            Reports::new,
            engine.platform().clock(),
            Settings.DEFAULT,
            Outside.NONE);
    VmNeighbours neighbours =
        new VmNeighbours(
            new VmLifeCycle(
                engine.platform(),
                noFleet,
                jobs,
                new StartVm(engine.platform(), noFleet, jobs, placements),
                new VmMigrations(engine.platform(), noFleet, jobs, placements)),
            new MachineSnapshots(
                engine.platform(),
                noFleet,
                jobs,
                new DiskWork(
                    engine.platform(),
                    noFleet,
                    jobs,
                    new HotPlugs(engine.platform(), new HostVerbs(noFleet)),
                    () -> {
                      throw new IllegalStateException("this engine has no hosts");
                    })),
            id -> Report.NONE,
            new HostVerbs(noFleet),
            new ApplianceExports(engine.platform(), noFleet, jobs),
            jobs,
            new NoTemplateDisks(),
            key -> new AssignedPermissionsService() {},
            id -> new DiskAttachmentsService() {},
            id -> new TemplateDiskAttachmentsService() {},
            key -> new AssignedAffinityLabelsService() {});
    vms = new Vms(engine.platform(), neighbours);
    templates = new Templates(engine.platform(), neighbours);
    pools = new VmPools(engine.platform(), neighbours);
  }

  public TestCall call() {
    return engine.call();
  }

  /** A machine of Blank in cluster Default, not yet sent. */
  public Vm blank(String name) {
    Vm vm = new Vm();
    vm.name(name);
    vm.cluster(new Cluster().name("Default"));
    return vm.template(new Template().name("Blank"));
  }

  public Vm add(Vm body) {
    return Objects.requireNonNull(
        vms.add(new VmsService.AddRequest(call().with("vm", body))).entity());
  }

  public Vm add(String name) {
    return add(blank(name));
  }

  public VmService one(Struct vm) {
    return vms.vm(vm.requireId());
  }

  public Vm get(Struct vm) {
    return one(vm).get(new VmService.GetRequest(call()));
  }

  public Operations operations() {
    return operations;
  }

  @Override
  public void close() {
    operations.close();
    engine.close();
  }
}
