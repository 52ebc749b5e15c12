package io.overt.engine.storage;

import io.overt.access.session.Caller;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.StorageHosts;
import io.overt.events.About;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.DataCenter;
import io.overt.model.types.DataCenterStatus;
import io.overt.model.types.Host;
import io.overt.model.types.JobStatus;
import io.overt.model.types.StorageConnection;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainStatus;
import io.overt.operations.JobRequest;
import io.overt.operations.Operation;
import io.overt.operations.Operations;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work on hosts behind the changes of storage domains, as operations of one step each. */
public final class DomainWork {
  static final String ADD = "AddStorageDomain";
  static final String REMOVE = "RemoveStorageDomain";
  static final String ATTACH = "AttachStorageDomain";
  static final String ACTIVATE = "ActivateStorageDomain";
  static final String DEACTIVATE = "DeactivateStorageDomain";
  static final String DETACH = "DetachStorageDomain";

  /** Keys of the jobs' data. */
  static final String DOMAIN = "domain";

  static final String DATA_CENTER = "data_center";
  static final String HOST = "host";
  static final String FORMAT = "format";
  private static final String USER = "user";
  private static final String USER_NAME = "user_name";

  /** Private attribute of the master's attachment: the version of the role. */
  static final String MASTER_VERSION = "master_version";

  private static final Logger LOG = LoggerFactory.getLogger(DomainWork.class);
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Supplier<Operations> operations;
  private final DomainSpace space;

  public DomainWork(
      Platform platform,
      Supplier<Fleet> fleet,
      Supplier<Operations> operations,
      DomainSpace space) {
    this.platform = platform;
    this.fleet = fleet;
    this.operations = operations;
    this.space = space;
  }

  public List<Operation> operations() {
    return List.of(
        operation(ADD, new Work("create", c -> "Creating the domain", this::add, this::undoAdd)),
        operation(REMOVE, new Work("remove", c -> "Removing", this::remove, this::undoRemove)),
        operation(ATTACH, new Work("attach", c -> "Attaching", this::attach, this::undoAttach)),
        operation(
            ACTIVATE, new Work("activate", c -> "Activating", this::activate, this::undoActivate)),
        operation(
            DEACTIVATE,
            new Work("deactivate", c -> "Deactivating", this::deactivate, this::undoDeactivate)),
        operation(DETACH, new Work("detach", c -> "Detaching", this::detach, this::undoDetach)));
  }

  private static Operation operation(String name, Work work) {
    return new Operation(name, List.of(work));
  }

  /** Adds the job to the transaction. */
  String start(
      Transaction transaction,
      Call call,
      String operation,
      String description,
      Map<String, String> data) {
    Caller caller = platform.caller(call);
    Map<String, String> all = new HashMap<>(data);
    all.put(USER, caller.userId());
    all.put(USER_NAME, caller.principalName());
    return operations
        .get()
        .start(
            transaction,
            new JobRequest(operation, description, caller.userId(), caller.correlationId(), all));
  }

  /**
   * Waits for a job as long as a client may be kept waiting.
   *
   * @return false when it still runs
   * @throws ApiFault 409 with its fault when it failed
   */
  boolean await(String job) {
    Optional<JobStatus> end = operations.get().await(job, PATIENCE);
    if (end.isPresent() && end.get() != JobStatus.FINISHED) {
      throw ApiFault.conflict(
          operations
              .get()
              .fault(job)
              .orElse("The operation did not succeed; see job " + job + "."));
    }
    return end.isPresent();
  }

  private HostStorage host(StepContext context, String hostId) {
    return new HostStorage(fleet.get().host(hostId), context.correlationId());
  }

  private Entity<StorageDomain> domain(Snapshot snapshot, StepContext context) {
    return snapshot
        .find(Kinds.STORAGE_DOMAIN, context.get(DOMAIN))
        .orElseThrow(() -> new IllegalStateException("The storage domain no longer exists"));
  }

  private void report(
      Transaction transaction, StepContext context, String type, StorageDomain domain) {
    DataCenter dataCenter =
        Optional.ofNullable(context.find(DATA_CENTER))
            .flatMap(id -> transaction.find(Kinds.DATA_CENTER, id))
            .map(Entity::value)
            .orElse(null);
    platform
        .events()
        .append(
            transaction,
            type,
            About.object(domain)
                .and(dataCenter)
                .by(context.get(USER), context.get(USER_NAME))
                .correlated(context.correlationId()));
  }

  private StepOutcome add(StepContext context) {
    Snapshot snapshot = platform.snapshot();
    StorageDomain domain = domain(snapshot, context).value();
    List<StorageConnection> connections = HostStorage.connections(snapshot, domain);
    HostStorage host = host(context, context.get(HOST));
    host.connect(HostStorage.NO_POOL, connections);
    host.createDomain(domain, connections.getFirst());
    space.put(domain.requireId(), host.capacity(domain.requireId()));
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              Entity<StorageDomain> now = domain(transaction.current(), context);
              StorageDomain ready = now.value().copy().status(StorageDomainStatus.UNATTACHED);
              transaction.update(now, ready);
              report(transaction, context, "USER_ADD_STORAGE_DOMAIN", ready);
              return now.id();
            });
    return StepOutcome.done();
  }

  private void undoAdd(StepContext context) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.STORAGE_DOMAIN, context.get(DOMAIN))
                  .ifPresent(
                      domain -> {
                        report(
                            transaction, context, "USER_ADD_STORAGE_DOMAIN_FAILED", domain.value());
                        forget(transaction, domain);
                      });
              return context.jobId();
            });
  }

  /** Deletes the domain with its disks and those connections that no other domain uses. */
  void forget(Transaction transaction, Entity<StorageDomain> domain) {
    Snapshot now = transaction.current();
    now.referrers(Kinds.ATTACHED_STORAGE_DOMAIN, "id", domain.id()).forEach(transaction::delete);
    now.referrers(Kinds.DISK, "storage_domains", domain.id()).forEach(transaction::delete);
    List<StorageConnection> connections = HostStorage.connections(now, domain.value());
    transaction.delete(domain);
    for (StorageConnection connection : connections) {
      if (Connections.users(transaction.current(), connection.requireId()).isEmpty()) {
        transaction
            .find(Kinds.STORAGE_CONNECTION, connection.requireId())
            .ifPresent(transaction::delete);
      }
    }
    space.forget(domain.id());
  }

  private StepOutcome remove(StepContext context) {
    Snapshot snapshot = platform.snapshot();
    StorageDomain domain = domain(snapshot, context).value();
    List<StorageConnection> connections = HostStorage.connections(snapshot, domain);
    HostStorage host = host(context, context.get(HOST));
    host.connect(HostStorage.NO_POOL, connections);
    if (Boolean.parseBoolean(context.find(FORMAT))) {
      host.formatDomain(domain.requireId());
    }
    host.disconnect(HostStorage.NO_POOL, connections);
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              Entity<StorageDomain> now = domain(transaction.current(), context);
              forget(transaction, now);
              report(transaction, context, "USER_REMOVE_STORAGE_DOMAIN", now.value());
              return now.id();
            });
    return StepOutcome.done();
  }

  private void undoRemove(StepContext context) {
    setUnattached(context, "USER_REMOVE_STORAGE_DOMAIN_FAILED");
  }

  private void setUnattached(StepContext context, String event) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.STORAGE_DOMAIN, context.get(DOMAIN))
                  .ifPresent(
                      now -> {
                        StorageDomain free =
                            now.value().copy().status(StorageDomainStatus.UNATTACHED);
                        transaction.update(now, free);
                        report(transaction, context, event, free);
                      });
              return context.jobId();
            });
  }

  private Key pool(StepContext context) {
    return Kinds.DATA_CENTER.key(context.get(DATA_CENTER));
  }

  /** The hosts of the data center that can work now, connected or not. */
  private List<Entity<Host>> hosts(Snapshot snapshot, StepContext context) {
    return StorageHosts.up(snapshot, context.get(DATA_CENTER));
  }

  private HostStorage leader(Snapshot snapshot, StepContext context) {
    return hosts(snapshot, context).stream()
        .flatMap(host -> fleet.get().find(host.id()).stream())
        .findFirst()
        .map(calls -> new HostStorage(calls, context.correlationId()))
        .orElseThrow(
            () -> new IllegalStateException("No host of the data center is up and connected"));
  }

  /** The master among these; the first of them when none is marked. */
  static Optional<Entity<StorageDomain>> master(List<Entity<StorageDomain>> attached) {
    return attached.stream().filter(each -> Boolean.TRUE.equals(each.value().master())).findFirst();
  }

  static long masterVersion(Entity<StorageDomain> master) {
    return HostStorage.number(Objects.requireNonNullElse(master.internal(MASTER_VERSION), "1"));
  }

  private List<Entity<StorageDomain>> attached(Snapshot snapshot, StepContext context) {
    return snapshot.owned(Kinds.ATTACHED_STORAGE_DOMAIN, pool(context));
  }

  /** Makes a host see a domain and the pool's master, and join the pool. */
  private void join(
      Snapshot snapshot, StepContext context, HostStorage host, Entity<StorageDomain> master) {
    String pool = context.get(DATA_CENTER);
    snapshot
        .find(Kinds.STORAGE_DOMAIN, master.id())
        .ifPresent(domain -> host.connect(pool, HostStorage.connections(snapshot, domain.value())));
    snapshot
        .find(Kinds.STORAGE_DOMAIN, context.get(DOMAIN))
        .ifPresent(domain -> host.connect(pool, HostStorage.connections(snapshot, domain.value())));
    host.connectPool(pool, master.id(), masterVersion(master));
  }

  /** The other hosts follow; one that does not is found by its own monitoring. */
  private void joinAll(Snapshot snapshot, StepContext context, Entity<StorageDomain> master) {
    for (Entity<Host> host : hosts(snapshot, context)) {
      fleet
          .get()
          .find(host.id())
          .ifPresent(
              calls -> {
                try {
                  join(snapshot, context, new HostStorage(calls, context.correlationId()), master);
                } catch (HostCallFailed | HostUnreachable | IllegalStateException e) {
                  LOG.warn("host {} did not join its storage: {}", host.id(), e.getMessage());
                }
              });
    }
  }

  private StepOutcome attach(StepContext context) {
    Snapshot snapshot = platform.snapshot();
    StorageDomain domain = domain(snapshot, context).value();
    String pool = context.get(DATA_CENTER);
    String id = domain.requireId();
    HostStorage leader = leader(snapshot, context);
    Entity<StorageDomain> master =
        master(attached(snapshot, context))
            .orElseThrow(() -> new IllegalStateException("The data center has no master domain"));
    if (master.id().equals(id)) {
      leader.connect(pool, HostStorage.connections(snapshot, domain));
      leader.createPool(pool, name(snapshot, pool), id, masterVersion(master));
    } else {
      join(snapshot, context, leader, master);
      leader.attach(pool, id);
    }
    leader.activate(pool, id);
    space.put(id, leader.capacity(id));
    joinAll(snapshot, context, master);
    active(context, "USER_ATTACH_STORAGE_DOMAIN_TO_POOL");
    return StepOutcome.done();
  }

  private static String name(Snapshot snapshot, String dataCenter) {
    return snapshot
        .find(Kinds.DATA_CENTER, dataCenter)
        .map(each -> each.value().name())
        .orElse(dataCenter);
  }

  private void undoAttach(StepContext context) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .current()
                  .find(Kinds.ATTACHED_STORAGE_DOMAIN, pool(context), context.get(DOMAIN))
                  .ifPresent(transaction::delete);
              return context.jobId();
            });
    setUnattached(context, "USER_ATTACH_STORAGE_DOMAIN_TO_POOL_FAILED");
  }

  private void active(StepContext context, String event) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              setStatus(transaction, context, StorageDomainStatus.ACTIVE);
              setDataCenter(transaction, context, DataCenterStatus.UP);
              report(transaction, context, event, domain(transaction.current(), context).value());
              return context.jobId();
            });
  }

  private void setStatus(Transaction transaction, StepContext context, StorageDomainStatus status) {
    transaction
        .current()
        .find(Kinds.ATTACHED_STORAGE_DOMAIN, pool(context), context.get(DOMAIN))
        .ifPresent(now -> transaction.update(now, now.value().copy().status(status)));
  }

  private void setDataCenter(
      Transaction transaction, StepContext context, DataCenterStatus status) {
    transaction
        .find(Kinds.DATA_CENTER, context.get(DATA_CENTER))
        .filter(now -> now.value().status() != status)
        .ifPresent(now -> transaction.update(now, now.value().copy().status(status)));
  }

  private StepOutcome activate(StepContext context) {
    Snapshot snapshot = platform.snapshot();
    HostStorage leader = leader(snapshot, context);
    Entity<StorageDomain> master =
        master(attached(snapshot, context))
            .orElseThrow(() -> new IllegalStateException("The data center has no master domain"));
    join(snapshot, context, leader, master);
    leader.activate(context.get(DATA_CENTER), context.get(DOMAIN));
    space.put(context.get(DOMAIN), leader.capacity(context.get(DOMAIN)));
    joinAll(snapshot, context, master);
    active(context, "USER_ACTIVATED_STORAGE_DOMAIN");
    return StepOutcome.done();
  }

  private void undoActivate(StepContext context) {
    restore(context, StorageDomainStatus.MAINTENANCE, "USER_ACTIVATE_STORAGE_DOMAIN_FAILED");
  }

  private void restore(StepContext context, StorageDomainStatus status, String event) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              setStatus(transaction, context, status);
              transaction
                  .find(Kinds.STORAGE_DOMAIN, context.get(DOMAIN))
                  .ifPresent(domain -> report(transaction, context, event, domain.value()));
              return context.jobId();
            });
  }

  private StepOutcome deactivate(StepContext context) {
    Snapshot snapshot = platform.snapshot();
    if (!hosts(snapshot, context).isEmpty()) {
      HostStorage leader = leader(snapshot, context);
      Entity<StorageDomain> master =
          master(attached(snapshot, context))
              .orElseThrow(() -> new IllegalStateException("The data center has no master domain"));
      join(snapshot, context, leader, master);
      Optional<Entity<StorageDomain>> successor =
          successor(snapshot, context, master, StorageDomainStatus.ACTIVE);
      if (successor.isPresent()) {
        handOver(context, leader, master, successor.get());
      }
      leader.deactivate(context.get(DATA_CENTER), context.get(DOMAIN));
    }
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              setStatus(transaction, context, StorageDomainStatus.MAINTENANCE);
              boolean anyActive =
                  attached(transaction.current(), context).stream()
                      .anyMatch(each -> each.value().status() == StorageDomainStatus.ACTIVE);
              if (!anyActive) {
                setDataCenter(transaction, context, DataCenterStatus.MAINTENANCE);
              }
              report(
                  transaction,
                  context,
                  "STORAGE_DOMAIN_MOVED_TO_MAINTENANCE",
                  domain(transaction.current(), context).value());
              return context.jobId();
            });
    return StepOutcome.done();
  }

  /** Who becomes the master when this job's domain, which is the master now, goes. */
  private Optional<Entity<StorageDomain>> successor(
      Snapshot snapshot,
      StepContext context,
      Entity<StorageDomain> master,
      StorageDomainStatus status) {
    if (!master.id().equals(context.get(DOMAIN))) {
      return Optional.empty();
    }
    return attached(snapshot, context).stream()
        .filter(each -> !each.id().equals(master.id()))
        .filter(each -> each.value().status() == status)
        .findFirst();
  }

  private void handOver(
      StepContext context,
      HostStorage leader,
      Entity<StorageDomain> master,
      Entity<StorageDomain> successor) {
    Snapshot snapshot = platform.snapshot();
    String pool = context.get(DATA_CENTER);
    snapshot
        .find(Kinds.STORAGE_DOMAIN, successor.id())
        .ifPresent(
            domain -> leader.connect(pool, HostStorage.connections(snapshot, domain.value())));
    Map<String, String> members = new LinkedHashMap<>();
    for (Entity<StorageDomain> each : attached(snapshot, context)) {
      boolean active = each.value().status() == StorageDomainStatus.ACTIVE;
      members.put(each.id(), active ? "active" : "attached");
    }
    long version = masterVersion(master) + 1;
    leader.reconstruct(pool, name(snapshot, pool), successor.id(), version, members);
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              for (Entity<StorageDomain> each : attached(transaction.current(), context)) {
                boolean chosen = each.id().equals(successor.id());
                Map<String, String> internals =
                    chosen ? Map.of(MASTER_VERSION, Long.toString(version)) : Map.of();
                transaction.update(each, each.value().copy().master(chosen), internals);
              }
              return context.jobId();
            });
    Snapshot after = platform.snapshot();
    master(attached(after, context)).ifPresent(now -> joinAll(after, context, now));
  }

  private void undoDeactivate(StepContext context) {
    restore(context, StorageDomainStatus.ACTIVE, "USER_DEACTIVATE_STORAGE_DOMAIN_FAILED");
  }

  private StepOutcome detach(StepContext context) {
    Snapshot snapshot = platform.snapshot();
    String pool = context.get(DATA_CENTER);
    String id = context.get(DOMAIN);
    Optional<Entity<StorageDomain>> member =
        snapshot.find(Kinds.ATTACHED_STORAGE_DOMAIN, pool(context), id);
    if (member.isPresent()) {
      HostStorage leader = leader(snapshot, context);
      Entity<StorageDomain> master = master(attached(snapshot, context)).orElse(member.get());
      join(snapshot, context, leader, master);
      boolean last = attached(snapshot, context).size() == 1;
      if (last) {
        leader.destroyPool(pool);
      } else {
        successor(snapshot, context, master, StorageDomainStatus.ACTIVE)
            .or(() -> successor(snapshot, context, master, StorageDomainStatus.MAINTENANCE))
            .ifPresent(successor -> handOver(context, leader, master, successor));
        leader.detach(pool, id);
      }
    }
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .current()
                  .find(Kinds.ATTACHED_STORAGE_DOMAIN, pool(context), id)
                  .ifPresent(transaction::delete);
              Entity<StorageDomain> now = domain(transaction.current(), context);
              transaction.update(now, now.value().copy().status(StorageDomainStatus.UNATTACHED));
              if (attached(transaction.current(), context).isEmpty()) {
                setDataCenter(transaction, context, DataCenterStatus.UNINITIALIZED);
              }
              report(transaction, context, "USER_DETACH_STORAGE_DOMAIN_FROM_POOL", now.value());
              return context.jobId();
            });
    return StepOutcome.done();
  }

  private void undoDetach(StepContext context) {
    restore(
        context, StorageDomainStatus.MAINTENANCE, "USER_DETACH_STORAGE_DOMAIN_FROM_POOL_FAILED");
  }
}
