package io.overt.engine;

import io.overt.access.directory.Directory;
import io.overt.access.permissions.InitialAccess;
import io.overt.access.session.Sessions;
import io.overt.engine.affinity.AssignedAffinityLabels;
import io.overt.engine.balancing.BalanceCluster;
import io.overt.engine.balancing.BalancePlans;
import io.overt.engine.bookmarks.Bookmarks;
import io.overt.engine.disks.LiveMoves;
import io.overt.engine.events.Events;
import io.overt.engine.events.Notifications;
import io.overt.engine.hosts.AgentProbe;
import io.overt.engine.hosts.EvacuateHost;
import io.overt.engine.hosts.Hosts;
import io.overt.engine.hosts.SwitchPower;
import io.overt.engine.jobs.Jobs;
import io.overt.engine.permissions.ObjectPermissions;
import io.overt.engine.permissions.SystemPermissions;
import io.overt.engine.placement.Placements;
import io.overt.engine.policies.ExternalUnits;
import io.overt.engine.policies.PolicySelectors;
import io.overt.engine.pools.VmPools;
import io.overt.engine.resource.HostVerbs;
import io.overt.engine.resource.Platform;
import io.overt.engine.roles.AllRoles;
import io.overt.engine.storage.DomainSpace;
import io.overt.engine.tags.Tags;
import io.overt.engine.templates.CreateTemplate;
import io.overt.engine.templates.Templates;
import io.overt.engine.users.ActiveSessions;
import io.overt.engine.users.Domains;
import io.overt.engine.users.Groups;
import io.overt.engine.users.Users;
import io.overt.engine.vms.ApplianceExports;
import io.overt.engine.vms.VmNeighbours;
import io.overt.engine.vms.Vms;
import io.overt.engine.vms.guest.MachineReports;
import io.overt.engine.vms.run.HookPreviews;
import io.overt.engine.vms.run.HotPlugs;
import io.overt.engine.vms.run.PlacementReports;
import io.overt.engine.vms.run.StartVm;
import io.overt.engine.vms.run.SuspendVm;
import io.overt.engine.vms.run.VmLifeCycle;
import io.overt.engine.vms.run.VmMigrations;
import io.overt.engine.vms.snapshots.MachineSnapshots;
import io.overt.engine.webadmin.changes.Changes;
import io.overt.engine.webadmin.console.Consoles;
import io.overt.engine.webadmin.search.SearchHelp;
import io.overt.events.notifier.Notifier;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostPreparation;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.Service;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.HostsService;
import io.overt.operations.Operation;
import io.overt.operations.Operations;
import io.overt.rest.Mount;
import io.overt.rest.api.Extension;
import io.overt.scheduling.unit.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All features and what they give to the rest: services by URL segment, kinds of operations,
 * initial data, preparations of hosts. A new feature is added here and nowhere else.
 */
final class Features {
  private final Map<String, Service> services = new LinkedHashMap<>();
  private final Placements placements;
  private final StartVm startVm;
  private final VmLifeCycle lifeCycle;
  private final EvacuateHost evacuateHost;
  private final HookPreviews hookPreviews;
  private final PlacementReports placementReports;
  private final PolicySelectors policySelectors;
  private final BalanceCluster balanceCluster;
  private final SwitchPower switchPower;
  private final BalancePlans balancePlans;
  private final CreateTemplate createTemplate;
  private final Storage storage;
  private final SuspendVm suspendVm;
  private final MachineSnapshots snapshots;
  private final ApplianceExports appliances;
  private final Notifications notifications;
  private final Changes changes;
  private final SearchHelp searchHelp;
  private final Consoles consoles;
  private final ActiveSessions activeSessions;

  Features(
      Platform platform,
      Directory directory,
      Sessions sessions,
      Supplier<Fleet> fleet,
      Supplier<Operations> operations,
      AgentProbe probe,
      DomainSpace space,
      Notifier notifier,
      ExternalUnits externalUnits) {
    Function<Key, AssignedPermissionsService> permissions =
        key -> new ObjectPermissions(platform, key);
    placements =
        new Placements(
            platform::inventory,
            () -> fleet.get().reports(),
            platform.clock(),
            Settings.DEFAULT,
            externalUnits.outside());
    startVm = new StartVm(platform, fleet, operations, placements);
    lifeCycle =
        new VmLifeCycle(
            platform,
            fleet,
            operations,
            startVm,
            new VmMigrations(platform, fleet, operations, placements));
    hookPreviews = new HookPreviews(platform, fleet, startVm);
    policySelectors = new PolicySelectors(platform);
    placementReports = new PlacementReports(platform, placements);
    balanceCluster = new BalanceCluster(platform, placements, operations, lifeCycle.migrations());
    balancePlans = new BalancePlans(platform, placements, balanceCluster);
    evacuateHost = new EvacuateHost(platform, placements, operations, lifeCycle.migrations());
    switchPower = new SwitchPower(platform, fleet, operations);
    createTemplate = new CreateTemplate(platform);
    storage =
        new Storage(
            platform,
            fleet,
            operations,
            permissions,
            new HotPlugs(platform, new HostVerbs(fleet)),
            this::liveMoves,
            space);
    suspendVm = new SuspendVm(platform, fleet, operations, storage.diskWork());
    snapshots = new MachineSnapshots(platform, fleet, operations, storage.diskWork());
    appliances = new ApplianceExports(platform, fleet, operations);
    notifications = new Notifications(notifier);
    searchHelp = new SearchHelp(platform);
    consoles = new Consoles(platform, MachineReports.of(fleet, platform::snapshot), fleet);
    changes = new Changes(platform, () -> fleet.get().reports());
    activeSessions = new ActiveSessions(platform, sessions);
    services.put("bookmarks", new Bookmarks(platform));
    services.put("tags", new Tags(platform));
    services.put("jobs", new Jobs(platform));
    services.put("events", new Events(platform));
    services.put("permissions", new SystemPermissions(platform));
    services.put("roles", new AllRoles(platform));
    services.put("users", new Users(platform, directory));
    services.put("groups", new Groups(platform, directory));
    services.put("domains", new Domains(directory));
    HostsService hosts =
        new Hosts(
            platform, fleet, probe, permissions, evacuateHost, switchPower, lifeCycle.migrations());
    services.put("hosts", hosts);
    services.putAll(
        Infrastructure.services(platform, permissions, storage::attachedDomains, () -> hosts));
    services.putAll(storage.services());
    machines(platform, fleet, operations, permissions);
  }

  /** Machines, their templates and pools, with what other features contribute to them. */
  private void machines(
      Platform platform,
      Supplier<Fleet> fleet,
      Supplier<Operations> operations,
      Function<Key, AssignedPermissionsService> permissions) {
    VmNeighbours neighbours =
        new VmNeighbours(
            lifeCycle,
            snapshots,
            MachineReports.of(fleet, platform::snapshot),
            new HostVerbs(fleet),
            appliances,
            operations,
            storage.machineDisks(),
            permissions,
            storage::diskAttachments,
            storage::templateDiskAttachments,
            object -> new AssignedAffinityLabels<>(platform, Kinds.VM, object.id()));
    services.put("vms", new Vms(platform, neighbours));
    services.put("templates", new Templates(platform, neighbours));
    services.put("vmpools", new VmPools(platform, neighbours));
  }

  private LiveMoves liveMoves() {
    return snapshots.liveMoves();
  }

  /** Where machines go. */
  Placements placements() {
    return placements;
  }

  /** What the actions of a machine do. */
  VmLifeCycle lifeCycle() {
    return lifeCycle;
  }

  SwitchPower switchPower() {
    return switchPower;
  }

  /** What Overt offers beyond oVirt's API. */
  List<Extension> extensions() {
    List<Extension> extensions = new ArrayList<>(notifications.extensions());
    extensions.add(hookPreviews.extension());
    extensions.addAll(placementReports.extensions());
    extensions.addAll(policySelectors.extensions());
    extensions.addAll(balancePlans.extensions());
    extensions.add(changes.extension());
    extensions.add(searchHelp.extension());
    extensions.add(consoles.extension());
    extensions.addAll(activeSessions.extensions());
    return extensions;
  }

  /** What is answered beside the API. */
  List<Mount> mounts() {
    return List.of(consoles.mount());
  }

  /** By URL segment below the API's root. */
  Map<String, Service> services() {
    return services;
  }

  List<Operation> operations() {
    List<Operation> all = new ArrayList<>(storage.operations(createTemplate));
    all.add(startVm.operation());
    all.add(suspendVm.operation());
    all.addAll(snapshots.operations());
    all.add(lifeCycle.migrations().operation());
    all.add(evacuateHost.operation());
    all.add(switchPower.operation());
    all.add(balanceCluster.operation());
    all.add(createTemplate.operation());
    all.add(appliances.operation());
    return all;
  }

  List<HostPreparation> hostPreparations() {
    return List.of(storage.preparation());
  }

  /** What a new engine has, written once, in one transaction. */
  void install(Transaction transaction) {
    Tags.install(transaction);
    Infrastructure.install(transaction);
    Templates.install(transaction);
    InitialAccess.openDefaults(transaction);
  }
}
