package io.overt.engine.hosts;

import io.overt.access.session.Caller;
import io.overt.engine.affinity.AssignedAffinityLabels;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.engine.tags.AssignedTags;
import io.overt.engine.vms.run.VmMigrations;
import io.overt.fleet.Fleet;
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
import io.overt.model.services.AssignedTagService;
import io.overt.model.services.AssignedTagsService;
import io.overt.model.services.ExternalNetworkProviderConfigurationsService;
import io.overt.model.services.FenceAgentsService;
import io.overt.model.services.HostCpuUnitsService;
import io.overt.model.services.HostDevicesService;
import io.overt.model.services.HostHooksService;
import io.overt.model.services.HostNicsService;
import io.overt.model.services.HostNumaNodesService;
import io.overt.model.services.HostService;
import io.overt.model.services.HostStorageService;
import io.overt.model.services.KatelloErrataService;
import io.overt.model.services.NetworkAttachmentsService;
import io.overt.model.services.StatisticsService;
import io.overt.model.services.StorageServerConnectionExtensionsService;
import io.overt.model.services.UnmanagedNetworksService;
import io.overt.model.types.Action;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.PowerManagement;
import io.overt.model.types.PowerManagementStatus;
import io.overt.model.types.Tag;
import io.overt.model.types.Vm;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /hosts/{id}}: the host itself and its actions. */
final class HostUnit implements HostService {
  private static final Set<String> FENCE_TYPES =
      Set.of("manual", "restart", "start", "status", "stop");

  /** States in which a host that was switched on answers, or soon will. */
  private static final Set<HostStatus> SWITCHED_ON =
      Set.of(HostStatus.UP, HostStatus.UNASSIGNED, HostStatus.INITIALIZING, HostStatus.CONNECTING);

  /** What may change while the host works. */
  private static final Set<String> ONLY_AT_REST = Set.of("address", "port", "cluster");

  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Function<Key, AssignedPermissionsService> permissions;
  private final EvacuateHost evacuation;
  private final SwitchPower power;
  private final Resource<Host> resource;
  private final ReportedByHost reported;
  private final String id;

  HostUnit(
      Platform platform,
      Supplier<Fleet> fleet,
      Function<Key, AssignedPermissionsService> permissions,
      EvacuateHost evacuation,
      SwitchPower power,
      Resource<Host> resource,
      String id) {
    this.evacuation = evacuation;
    this.power = power;
    this.platform = platform;
    this.fleet = fleet;
    this.permissions = permissions;
    this.resource = resource;
    this.id = id;
    this.reported = new ReportedByHost(platform, fleet, resource, id);
  }

  @Override
  public Host get(GetRequest request) {
    return resource.get(request.call(), id);
  }

  @Override
  public Outcome<Host> update(UpdateRequest request) {
    Call call = request.call();
    Entity<Host> updated =
        platform.write(
            transaction -> {
              Entity<Host> current = resource.require(call, transaction, id);
              Host body = platform.body(request.host());
              Host merged = Updates.merge(current.value(), body, HostRules.READ_ONLY);
              HostRules.withoutSecrets(merged);
              if (merged.spm() != null && current.value().spm() != null) {
                merged.spm(merged.spm().copy().status(current.value().spm().status()));
              }
              if (body.cluster() != null) {
                merged.cluster(
                    new Cluster()
                        .id(References.resolve(transaction, Kinds.CLUSTER, body.cluster()).id()));
              }
              HostRules.requireIdentity(merged, "update");
              HostRules.check(merged);
              Hosts.requireNew(transaction.snapshot(), merged);
              requireUnchangedAtWork(current.value(), merged);
              Entity<Host> entity = transaction.update(current, merged);
              platform.report(transaction, "USER_UPDATE_VDS", call, entity.value());
              return entity;
            });
    return Outcome.done(resource.present(call, updated));
  }

  private static void requireUnchangedAtWork(Host before, Host after) {
    if (HostRules.AT_REST.contains(HostRules.status(before))) {
      return;
    }
    for (String member : ONLY_AT_REST) {
      if (!Objects.equals(before.get(member), after.get(member))) {
        throw ApiFault.conflict(
            "Cannot change the %s of host '%s' while it is %s; move it to maintenance first."
                .formatted(member, before.name(), HostRules.status(before).wire()));
      }
    }
  }

  @Override
  public Outcome<Struct> remove(RemoveRequest request) {
    Call call = request.call();
    platform.write(
        transaction -> {
          Entity<Host> host = resource.require(call, transaction, id);
          HostStatus status = HostRules.status(host.value());
          if (!HostRules.AT_REST.contains(status) && status != HostStatus.NON_OPERATIONAL) {
            throw ApiFault.conflict(
                "Cannot remove host '%s' while it is %s; move it to maintenance first."
                    .formatted(host.value().name(), status.wire()));
          }
          requireNoMachines(transaction, host, "remove");
          transaction.delete(host);
          platform.report(transaction, "USER_REMOVE_VDS", call, host.value());
          return id;
        });
    return Outcome.removed();
  }

  private void requireNoMachines(Transaction transaction, Entity<Host> host, String what) {
    List<String> names =
        HostPresenter.machines(transaction.snapshot(), id).stream().map(Vm::name).toList();
    if (!names.isEmpty()) {
      throw ApiFault.conflict(
          "Cannot %s host '%s': virtual machines run on it: %s."
              .formatted(what, host.value().name(), String.join(", ", names)));
    }
  }

  /** The host for an action; engine 4.5 answers 400 when there is none. */
  private Entity<Host> requireFor(Call call, Transaction transaction, String what) {
    requireUuid();
    if (transaction.find(Kinds.HOST, id).isEmpty()) {
      throw ApiFault.bad("Cannot " + what + " host " + id + ": there is no such host");
    }
    return resource.require(call, transaction, id);
  }

  private void requireUuid() {
    try {
      UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw ApiFault.notFound();
    }
  }

  private void requireFor(Call call, String what) {
    platform.write(transaction -> requireFor(call, transaction, what).id());
  }

  /** A host that is being left stays in use; what is on its way already goes on. */
  @Override
  public Outcome<Action> activate(ActivateRequest request) {
    Call call = request.call();
    platform.write(
        transaction -> {
          Entity<Host> host = requireFor(call, transaction, "activate");
          HostStatus status = HostRules.status(host.value());
          if (SWITCHED_ON.contains(status)) {
            throw ApiFault.conflict(
                "Cannot activate host '%s': it is %s already."
                    .formatted(host.value().name(), status.wire()));
          }
          boolean answers =
              status == HostStatus.PREPARING_FOR_MAINTENANCE && fleet.get().find(id).isPresent();
          transaction.update(
              host,
              host.value().copy().status(answers ? HostStatus.UP : HostStatus.UNASSIGNED),
              users(host));
          platform.report(transaction, "VDS_ACTIVATE", call, host.value());
          return id;
        });
    fleet.get().refresh(id);
    return Outcome.done(new Action());
  }

  /** The private attributes of a host of which a user has disposed: the policy leaves it alone. */
  private static Map<String, String> users(Entity<Host> host) {
    Map<String, String> internals = new HashMap<>(host.internals());
    internals.remove(SwitchPower.BY_POLICY);
    return internals;
  }

  /** At once when it is empty; otherwise a job moves its machines away first. */
  @Override
  public Outcome<Action> deactivate(DeactivateRequest request) {
    Call call = request.call();
    String reason = request.reason();
    Optional<String> job =
        platform.write(
            transaction -> {
              Entity<Host> host = requireFor(call, transaction, "deactivate");
              HostStatus status = HostRules.status(host.value());
              if (status == HostStatus.MAINTENANCE
                  || status == HostStatus.PREPARING_FOR_MAINTENANCE) {
                throw ApiFault.conflict(
                    "Cannot move host '%s' to maintenance: it is %s already."
                        .formatted(host.value().name(), status.wire()));
              }
              transaction.requireUnchanged(Kinds.VM);
              Optional<String> started = leave(transaction, host, status, call);
              boolean silent = reason == null || reason.isEmpty();
              platform
                  .events()
                  .append(
                      transaction,
                      silent ? "USER_VDS_MAINTENANCE_WITHOUT_REASON" : "USER_VDS_MAINTENANCE",
                      platform.about(call, host.value()).with("Reason", reason));
              return started;
            });
    return job.map(id -> Outcome.started(new Action(), id))
        .orElseGet(() -> Outcome.done(new Action()));
  }

  private Optional<String> leave(
      Transaction transaction, Entity<Host> host, HostStatus status, Call call) {
    List<Entity<Vm>> machines = transaction.snapshot().referrers(Kinds.VM, "host", id);
    if (machines.isEmpty()) {
      transaction.update(
          host, host.value().copy().status(HostStatus.MAINTENANCE).statusDetail(null), users(host));
      return Optional.empty();
    }
    if (status != HostStatus.UP) {
      requireNoMachines(transaction, host, "deactivate");
    }
    List<String> bound = VmMigrations.bound(machines);
    if (!bound.isEmpty()) {
      throw ApiFault.conflict(
          "Cannot move host '%s' to maintenance: these virtual machines may not be migrated: %s."
              .formatted(host.value().name(), String.join(", ", bound)));
    }
    transaction.update(
        host,
        host.value().copy().status(HostStatus.PREPARING_FOR_MAINTENANCE).statusDetail(null),
        users(host));
    Caller caller = platform.caller(call);
    return Optional.of(
        evacuation.start(
            transaction, host, caller.userId(), caller.principalName(), caller.correlationId()));
  }

  @Override
  public Outcome<Action> refresh(RefreshRequest request) {
    requireFor(request.call(), "refresh");
    fleet.get().refreshCapabilities(id);
    return Outcome.done(new Action());
  }

  /** By the host's power management; "manual" is the word of somebody who looked. */
  @Override
  public Outcome<Action> fence(FenceRequest request) {
    String type = Objects.requireNonNullElse(request.fenceType(), "");
    if (!FENCE_TYPES.contains(type)) {
      throw ApiFault.invalidValue(
          "fence_type is '%s' but must be one of manual, restart, start, status, stop"
              .formatted(type));
    }
    Call call = request.call();
    return switch (type) {
      case "manual" -> confirmRebooted(call);
      case "status" -> {
        requireFor(call, "fence");
        PowerManagementStatus status =
            power.status(resource.require(call, platform.snapshot(), id));
        yield Outcome.done(new Action().powerManagement(new PowerManagement().status(status)));
      }
      default -> {
        SwitchPower.Change change = SwitchPower.Change.valueOf(type.toUpperCase(Locale.ROOT));
        boolean rest = Boolean.TRUE.equals(request.maintenanceAfterRestart());
        yield Outcome.started(
            new Action(),
            platform.write(
                transaction ->
                    power.start(
                        transaction,
                        requireFor(call, transaction, type),
                        change,
                        rest,
                        platform.caller(call))));
      }
    };
  }

  private Outcome<Action> confirmRebooted(Call call) {
    platform.write(
        transaction -> {
          Entity<Host> host = requireFor(call, transaction, "fence");
          HostStatus status = HostRules.status(host.value());
          if (status != HostStatus.NON_RESPONSIVE
              && status != HostStatus.CONNECTING
              && status != HostStatus.MAINTENANCE) {
            throw ApiFault.conflict(
                "Cannot confirm a reboot of host '%s': it is %s, not non_responsive."
                    .formatted(host.value().name(), status.wire()));
          }
          SwitchPower.lost(platform, transaction, id);
          platform.report(transaction, "VDS_MANUAL_FENCE_STATUS", call, host.value());
          return id;
        });
    return Outcome.done(new Action());
  }

  @Override
  @NeverSucceeds
  public Outcome<Action> approve(ApproveRequest request) {
    platform.write(
        transaction -> {
          Entity<Host> host = requireFor(request.call(), transaction, "approve");
          throw ApiFault.conflict(
              "Cannot approve host '%s': it is %s, not pending_approval."
                  .formatted(host.value().name(), HostRules.status(host.value()).wire()));
        });
    return Outcome.done(new Action());
  }

  @Override
  @NeverSucceeds
  public Outcome<Action> install(InstallRequest request) {
    requireUuid();
    if (platform.snapshot().find(Kinds.HOST, id).isEmpty()) {
      throw ApiFault.missing("Host: id=" + id);
    }
    return HostService.super.install(request);
  }

  @Override
  public Outcome<Action> commitNetConfig(CommitNetConfigRequest request) {
    requireFor(request.call(), "commit the networks of");
    networkSetup().commit(request.call());
    return Outcome.done(new Action());
  }

  /** Any host may work on storage, so there is nobody to force. */
  @Override
  @NeverSucceeds
  public Outcome<Action> forceSelectSpm(ForceSelectSpmRequest request) {
    requireFor(request.call(), "select");
    return HostService.super.forceSelectSpm(request);
  }

  @Override
  public Outcome<Action> setupNetworks(SetupNetworksRequest request) {
    networkSetup()
        .perform(
            request.call(),
            new HostNetworkSetup.Change(
                all(request.modifiedNetworkAttachments()),
                all(request.removedNetworkAttachments()),
                all(request.modifiedBonds()),
                all(request.removedBonds()),
                HostNetworkSetup.Change.patience(
                    request.checkConnectivity(), request.connectivityTimeout()),
                Boolean.TRUE.equals(request.commitOnSuccess())));
    return Outcome.done(new Action());
  }

  @Override
  public Outcome<Action> copyHostNetworks(CopyHostNetworksRequest request) {
    Call call = request.call();
    requireFor(call, "copy networks to");
    Host source = request.sourceHost();
    if (source == null) {
      throw ApiFault.incomplete("Action", "source_host", "copyHostNetworks");
    }
    new CopyNetworks(platform, fleet, resource).perform(call, source, id);
    return Outcome.done(new Action());
  }

  private static <T> List<T> all(@Nullable List<T> given) {
    return given == null ? List.of() : given;
  }

  private HostNetworkSetup networkSetup() {
    return new HostNetworkSetup(platform, fleet, resource, id);
  }

  @Override
  @NeverSucceeds
  public Outcome<Action> upgrade(UpgradeRequest request) {
    requireFor(request.call(), "upgrade");
    return HostService.super.upgrade(request);
  }

  @Override
  @NeverSucceeds
  public Outcome<Action> upgradeCheck(UpgradeCheckRequest request) {
    requireFor(request.call(), "check for upgrades of");
    return HostService.super.upgradeCheck(request);
  }

  @Override
  @NeverSucceeds
  public Outcome<Action> enrollCertificate(EnrollCertificateRequest request) {
    requireFor(request.call(), "enroll a certificate for");
    return HostService.super.enrollCertificate(request);
  }

  @Override
  public AssignedPermissionsService permissions() {
    return permissions.apply(Kinds.HOST.key(id));
  }

  /** As recorded, a host that does not exist has no tags. */
  @Override
  public AssignedTagsService tags() {
    AssignedTags<Host> tags = new AssignedTags<>(platform, Kinds.HOST, id);
    return new AssignedTagsService() {
      @Override
      public List<Tag> list(ListRequest request) {
        return reported.exists() ? tags.list(request) : List.of();
      }

      @Override
      public Outcome<Tag> add(AddRequest request) {
        return tags.add(request);
      }

      @Override
      public AssignedTagService tag(String tagId) {
        return tags.tag(tagId);
      }
    };
  }

  @Override
  public AssignedAffinityLabelsService affinityLabels() {
    return new AssignedAffinityLabels<>(platform, Kinds.HOST, id);
  }

  @Override
  public FenceAgentsService fenceAgents() {
    return new FenceAgents(platform, id);
  }

  @Override
  public HostDevicesService devices() {
    return reported.devices();
  }

  @Override
  public HostHooksService hooks() {
    return reported.hooks();
  }

  @Override
  public HostNicsService nics() {
    return reported.nics();
  }

  @Override
  public HostNumaNodesService numaNodes() {
    return reported.numaNodes();
  }

  @Override
  public HostStorageService storage() {
    return reported.storage();
  }

  @Override
  public KatelloErrataService katelloErrata() {
    return reported.errata();
  }

  @Override
  public NetworkAttachmentsService networkAttachments() {
    return new HostNetworkAttachments(platform, reported, networkSetup(), null);
  }

  @Override
  public StorageServerConnectionExtensionsService storageConnectionExtensions() {
    return reported.connectionExtensions();
  }

  @Override
  public UnmanagedNetworksService unmanagedNetworks() {
    return reported.unmanagedNetworks();
  }

  @Override
  public ExternalNetworkProviderConfigurationsService externalNetworkProviderConfigurations() {
    return reported.networkProviders();
  }

  @Override
  public HostCpuUnitsService cpuUnits() {
    return reported.cpuUnits();
  }

  @Override
  public StatisticsService statistics() {
    return new HostStatistics(platform, fleet, resource, id);
  }
}
