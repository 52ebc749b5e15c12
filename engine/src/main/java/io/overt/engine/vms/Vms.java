package io.overt.engine.vms;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.vms.snapshots.SnapshotSource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Configuration;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /vms}. */
public final class Vms implements VmsService {
  private final Platform platform;
  private final VmNeighbours neighbours;
  private final VmPresenter presenter;
  private final Resource<Vm> resource;
  private final Machines machines;

  public Vms(Platform platform, VmNeighbours neighbours) {
    this.platform = platform;
    this.neighbours = neighbours;
    this.presenter = new VmPresenter(neighbours.reports());
    this.resource = new Resource<>(platform, Kinds.VM, presenter);
    this.machines = new Machines(platform, neighbours.disks());
  }

  @Override
  public List<Vm> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<Vm> add(AddRequest request) {
    Call call = request.call();
    Vm body = platform.body(request.vm());
    Configuration configuration = configuration(body);
    boolean clone = Boolean.TRUE.equals(request.clone_());
    if (configuration != null) {
      return configured(call, body, configuration, clone);
    }
    String snapshot = SnapshotSource.named(body);
    Result result =
        platform.writeRetrying(
            transaction -> {
              if (snapshot != null) {
                return ofSnapshot(transaction, call, snapshot, body);
              }
              Machines.Plan plan = machines.plan(transaction, body, clone);
              return finish(neighbours, transaction, machines.add(transaction, call, body, plan));
            });
    return outcome(result);
  }

  /** A machine of its own, as the other one was. */
  private Result ofSnapshot(Transaction transaction, Call call, String snapshot, Vm body) {
    SnapshotSource kept = SnapshotSource.of(transaction, snapshot);
    resource.require(call, transaction, kept.machine().id());
    Names.required(body.name(), "Vm", "add");
    Vm wanted = ((Vm) body.shallowCopy()).snapshots(null);
    if (body.cluster() != null) {
      wanted.cluster(
          new Cluster().id(References.resolve(transaction, Kinds.CLUSTER, body.cluster()).id()));
    }
    return finish(
        neighbours,
        transaction,
        machines.copy(transaction, call, kept.machine(), kept.disks(), kept.devices(), wanted));
  }

  private static @Nullable Configuration configuration(Vm body) {
    Configuration configuration =
        body.initialization() == null ? null : body.initialization().configuration();
    if (configuration != null && (configuration.type_() == null || configuration.data() == null)) {
      throw ApiFault.incomplete(
          "Vm", "initialization.configuration.type, initialization.configuration.data", "add");
    }
    return configuration;
  }

  private Outcome<Vm> configured(Call call, Vm body, Configuration configuration, boolean anew) {
    ConfiguredMachines imports = new ConfiguredMachines(platform, machines);
    Result result =
        platform.writeRetrying(
            transaction -> {
              Entity<Vm> vm = imports.add(transaction, call, body, configuration, anew);
              return new Result(
                  vm,
                  platform.finishedJob(
                      transaction,
                      call,
                      "Importing VM %s from configuration to Cluster %s"
                          .formatted(vm.value().name(), clusterOf(transaction, vm.value()))));
            });
    return Outcome.done(
        presenter.presentAll(result.machine(), platform.snapshot()),
        Objects.requireNonNull(result.job()));
  }

  private static String clusterOf(Transaction transaction, Vm vm) {
    return Optional.ofNullable(vm.cluster())
        .flatMap(cluster -> transaction.find(Kinds.CLUSTER, cluster.requireId()))
        .map(cluster -> String.valueOf(cluster.value().name()))
        .orElse("");
  }

  /** A new machine and the job that works on its disks, if any. */
  record Result(Entity<Vm> machine, @Nullable String job) {}

  /** Starts the job that copies disks; the machine is locked until it ends. */
  static Result finish(VmNeighbours neighbours, Transaction transaction, Machines.Added added) {
    if (added.copying().isEmpty()) {
      return new Result(added.machine(), null);
    }
    String job = neighbours.operations().get().start(transaction, added.copying().get());
    Vm locked = (Vm) added.machine().value().shallowCopy();
    return new Result(
        transaction.update(added.machine(), locked.status(VmStatus.IMAGE_LOCKED)), job);
  }

  private Outcome<Vm> outcome(Result result) {
    Vm shown = presenter.presentAll(result.machine(), platform.snapshot());
    return result.job() == null ? Outcome.done(shown) : Outcome.started(shown, result.job());
  }

  @Override
  public VmService vm(String id) {
    return new OneVm(platform, neighbours, machines, presenter, id);
  }
}
