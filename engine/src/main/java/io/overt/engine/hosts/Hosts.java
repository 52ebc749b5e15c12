package io.overt.engine.hosts;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.vms.run.VmMigrations;
import io.overt.fleet.Fleet;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.HostService;
import io.overt.model.services.HostsService;
import io.overt.model.types.Certificate;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /hosts}. */
public final class Hosts implements HostsService {
  private static final String DEFAULT_CLUSTER = "Default";
  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final AgentProbe probe;
  private final Function<Key, AssignedPermissionsService> permissions;
  private final EvacuateHost evacuation;
  private final SwitchPower power;
  private final VmMigrations migrations;
  private final Resource<Host> resource;

  public Hosts(
      Platform platform,
      Supplier<Fleet> fleet,
      AgentProbe probe,
      Function<Key, AssignedPermissionsService> permissions,
      EvacuateHost evacuation,
      SwitchPower power,
      VmMigrations migrations) {
    this.power = power;
    this.migrations = migrations;
    this.evacuation = evacuation;
    this.platform = platform;
    this.fleet = fleet;
    this.probe = probe;
    this.permissions = permissions;
    this.resource = new Resource<>(platform, Kinds.HOST, new HostPresenter());
  }

  @Override
  public List<Host> list(ListRequest request) {
    String moving = request.migrationTargetOf();
    if (moving == null) {
      return resource.list(request.call());
    }
    Set<String> targets =
        migrations.targets(
            request.call(),
            Arrays.stream(moving.split(",")).map(String::strip).distinct().toList(),
            Boolean.TRUE.equals(request.checkVmsInAffinityClosure()));
    return resource.list(request.call(), host -> targets.contains(host.id()));
  }

  @Override
  public Outcome<Host> add(AddRequest request) {
    Host body = platform.body(request.host());
    HostRules.requireIdentity(body, "add");
    Snapshot snapshot = platform.snapshot();
    Entity<Cluster> cluster = cluster(snapshot, body);
    HostRules.check(body);
    HostRules.requireCredentials(body);
    Host host = HostRules.complete(body);
    host.cluster(new Cluster().id(cluster.id()));
    requireNew(snapshot, host);
    Certificate certificate = probed(host);
    boolean activate = !Boolean.FALSE.equals(request.activate());
    Entity<Host> added =
        platform.write(
            transaction -> {
              requireNew(transaction.snapshot(), host);
              Entity<Host> entity =
                  transaction.insert(
                      Kinds.HOST,
                      host.copy()
                          .id(platform.newId())
                          .certificate(certificate)
                          .status(activate ? HostStatus.UNASSIGNED : HostStatus.MAINTENANCE));
              platform
                  .events()
                  .append(
                      transaction,
                      "USER_ADD_VDS",
                      platform.about(request.call(), entity.value()).and(cluster.value()));
              return entity;
            });
    return Outcome.done(resource.present(request.call(), added));
  }

  private static Entity<Cluster> cluster(Snapshot snapshot, Host body) {
    Cluster reference = body.cluster();
    String id = reference == null ? null : reference.id();
    if (id != null) {
      return snapshot
          .find(Kinds.CLUSTER, References.uuid(id))
          .orElseThrow(() -> ApiFault.bad("Cannot add the host: there is no cluster " + id));
    }
    String given = reference == null ? null : reference.name();
    String name = Objects.requireNonNullElse(given, DEFAULT_CLUSTER);
    return snapshot
        .byName(Kinds.CLUSTER, "", name)
        .orElseThrow(() -> ApiFault.missing("Cluster: name=" + name));
  }

  /** Agents on one address need different ports. */
  static void requireNew(Snapshot snapshot, Host host) {
    for (Entity<Host> other : snapshot.all(Kinds.HOST)) {
      Host known = other.value();
      if (other.id().equals(host.id())) {
        continue;
      }
      if (Objects.equals(known.name(), host.name())) {
        throw ApiFault.conflict(
            "The name '" + host.name() + "' is already in use by another host.");
      }
      if (Objects.equals(known.address(), host.address())
          && Objects.equals(known.port(), host.port())) {
        throw ApiFault.conflict(
            "Host '%s' already has the address %s and port %s."
                .formatted(known.name(), host.address(), host.port()));
      }
    }
  }

  private Certificate probed(Host host) {
    String address = Objects.requireNonNull(host.address());
    int port = Objects.requireNonNull(host.port()).intValue();
    try {
      return probe.probe(address, port);
    } catch (AgentProbe.NoAgent e) {
      throw ApiFault.conflict(
          "Cannot add host '%s': no agent of this engine answers at %s:%d. %s"
              .formatted(host.name(), address, port, e.getMessage()));
    }
  }

  @Override
  public HostService host(String id) {
    return new HostUnit(platform, fleet, permissions, evacuation, power, resource, id);
  }
}
