package io.overt.engine.pools;

import io.overt.access.permissions.CreationGrants;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.engine.vms.Machines;
import io.overt.engine.vms.VmNeighbours;
import io.overt.engine.vms.VmPresenter;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.VmPoolService;
import io.overt.model.services.VmPoolsService;
import io.overt.model.types.Action;
import io.overt.model.types.BootDevice;
import io.overt.model.types.Cluster;
import io.overt.model.types.InstanceType;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmPool;
import io.overt.model.types.VmPoolType;
import io.overt.model.types.VmStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** {@code /vmpools}. */
public final class VmPools implements VmPoolsService {
  private static final Set<String> READ_ONLY =
      Set.of(
          "size",
          "cluster",
          "template",
          "vm",
          "instance_type",
          "type",
          "stateful",
          "display",
          "rng_device",
          "soundcard_enabled",
          "tpm_enabled");

  /** Private attribute of a pool's machine: the user that has taken it. */
  private static final String TAKEN_BY = "taken_by";

  private final Platform platform;
  private final VmNeighbours neighbours;
  private final PoolPresenter presenter;
  private final Resource<VmPool> resource;
  private final PoolMachines machines;

  public VmPools(Platform platform, VmNeighbours neighbours) {
    this.platform = platform;
    this.neighbours = neighbours;
    this.presenter = new PoolPresenter(new VmPresenter(neighbours.reports()));
    this.resource = new Resource<>(platform, Kinds.VM_POOL, presenter);
    this.machines = new PoolMachines(platform, neighbours);
  }

  @Override
  public List<VmPool> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<VmPool> add(AddRequest request) {
    Call call = request.call();
    VmPool body = platform.body(request.pool());
    Entity<VmPool> added =
        platform.writeRetrying(
            transaction -> {
              VmPool pool = created(transaction, body);
              long size = Objects.requireNonNullElse(body.size(), 0L);
              PoolRules.check(pool, size);
              Entity<VmPool> entity = transaction.insert(Kinds.VM_POOL, pool);
              machines.add(transaction, call, entity, body, size);
              CreationGrants.created(
                  transaction,
                  platform.caller(call),
                  entity.key(),
                  CreationGrants.Audience.CREATOR);
              platform
                  .events()
                  .append(
                      transaction,
                      "USER_ADD_VM_POOL_WITH_VMS",
                      platform.about(call, pool).with("VmsCount", size));
              return entity;
            });
    return Outcome.done(presenter.presentAll(added, platform.snapshot()));
  }

  private VmPool created(Transaction transaction, VmPool body) {
    Cluster cluster = Objects.requireNonNullElseGet(body.cluster(), Cluster::new);
    Template template = Objects.requireNonNullElseGet(body.template(), Template::new);
    Entity<Template> source = References.resolve(transaction, Kinds.TEMPLATE, template);
    if (source.id().equals(Machines.BLANK)) {
      throw ApiFault.conflict("A pool cannot be made of the template Blank.");
    }
    VmPool pool =
        new VmPool()
            .id(platform.newId())
            .name(body.name())
            .description(Objects.requireNonNullElse(body.description(), ""))
            .autoStorageSelect(Boolean.TRUE.equals(body.autoStorageSelect()))
            .maxUserVms(Objects.requireNonNullElse(body.maxUserVms(), 1L))
            .prestartedVms(Objects.requireNonNullElse(body.prestartedVms(), 0L))
            .stateful(Boolean.TRUE.equals(body.stateful()))
            .type_(Objects.requireNonNullElse(body.type_(), VmPoolType.AUTOMATIC))
            .useLatestTemplateVersion(Boolean.TRUE.equals(body.useLatestTemplateVersion()))
            .cluster(new Cluster().id(References.resolve(transaction, Kinds.CLUSTER, cluster).id()))
            .template(new Template().id(source.id()));
    if (body.comment() != null) {
      pool.comment(body.comment());
    }
    References.optional(transaction, Kinds.INSTANCE_TYPE, body.instanceType())
        .ifPresent(type -> pool.instanceType(new InstanceType().id(type.id())));
    return pool;
  }

  @Override
  public VmPoolService pool(String id) {
    return new One(id);
  }

  private final class One implements VmPoolService {
    private final String id;

    One(String id) {
      this.id = id;
    }

    @Override
    public VmPool get(GetRequest request) {
      return resource.get(request.call(), id);
    }

    @Override
    public Outcome<VmPool> update(UpdateRequest request) {
      Call call = request.call();
      VmPool body = platform.body(request.pool());
      Entity<VmPool> updated =
          platform.writeRetrying(
              transaction -> {
                Entity<VmPool> current = resource.require(call, transaction, id);
                VmPool merged = Updates.merge(current.value(), body, READ_ONLY);
                long now = PoolMachines.of(transaction.current(), id).size();
                long size = Objects.requireNonNullElse(body.size(), now);
                PoolRules.check(merged, size);
                if (size < now) {
                  throw ApiFault.conflict(
                      "Pool "
                          + merged.name()
                          + " has "
                          + now
                          + " VMs and cannot shrink to "
                          + size
                          + "; detach and remove VMs instead.");
                }
                Entity<VmPool> entity = transaction.update(current, merged);
                machines.add(transaction, call, entity, body, size - now);
                platform.report(transaction, "USER_UPDATE_VM_POOL_WITH_VMS", call, entity.value());
                return entity;
              });
      return Outcome.done(presenter.presentAll(updated, platform.snapshot()));
    }

    @Override
    public Outcome<Struct> remove(RemoveRequest request) {
      Call call = request.call();
      String job =
          platform.write(
              transaction -> {
                Entity<VmPool> pool = resource.require(call, transaction, id);
                machines.removeAll(transaction, call, pool);
                transaction.delete(pool);
                platform.report(transaction, "USER_REMOVE_VM_POOL", call, pool.value());
                return platform.finishedJob(
                    transaction, call, "Removing VM-Pool " + pool.value().name());
              });
      return new Outcome<>(null, job, false);
    }

    @Override
    public Outcome<Action> allocateVm(AllocateVmRequest request) {
      Call call = request.call();
      String userId = platform.caller(call).userId();
      Entity<VmPool> pool = resource.require(call, platform.snapshot(), id);
      List<Entity<Vm>> members = PoolMachines.of(platform.snapshot(), id);
      Optional<Entity<Vm>> mine =
          members.stream().filter(vm -> userId.equals(vm.internal(TAKEN_BY))).findFirst();
      long taken = members.stream().filter(vm -> userId.equals(vm.internal(TAKEN_BY))).count();
      long most = Objects.requireNonNullElse(pool.value().maxUserVms(), 1L);
      if (taken >= most && mine.isPresent()) {
        throw ApiFault.conflict(
            "You have " + taken + " VMs of pool " + pool.value().name() + "; that is the most.");
      }
      Entity<Vm> free =
          members.stream()
              .filter(vm -> vm.internal(TAKEN_BY) == null)
              .filter(vm -> vm.value().status() == VmStatus.DOWN)
              .findFirst()
              .orElseThrow(
                  () -> ApiFault.conflict("Pool " + pool.value().name() + " has no free VM."));
      requireBootable(free);
      platform.write(
          transaction -> {
            Entity<Vm> vm = transaction.find(Kinds.VM, free.id()).orElseThrow(ApiFault::notFound);
            Map<String, String> internals = new HashMap<>(vm.internals());
            internals.put(TAKEN_BY, userId);
            transaction.update(vm, vm.value(), internals);
            CreationGrants.takenFromPool(transaction, userId, vm.key());
            return vm.id();
          });
      Outcome<Action> started = neighbours.lifeCycle().start(call, free.id());
      Action action = new Action().vm(new Vm().id(free.id()));
      return new Outcome<>(action, started.job(), started.pending());
    }

    @Override
    public AssignedPermissionsService permissions() {
      return neighbours.permissions().apply(Kinds.VM_POOL.key(id));
    }
  }

  private void requireBootable(Entity<Vm> vm) {
    OperatingSystem os = vm.value().os();
    boolean disk =
        os == null
            || os.boot() == null
            || os.boot().devices() == null
            || os.boot().devices().isEmpty()
            || os.boot().devices().getFirst() == BootDevice.HD;
    boolean kernel = os != null && os.kernel() != null && !os.kernel().isEmpty();
    if (disk && !kernel && platform.snapshot().owned(Kinds.DISK_ATTACHMENT, vm.key()).isEmpty()) {
      throw ApiFault.conflict(
          "VM " + vm.value().name() + " of the pool cannot start: it has no bootable disk.");
    }
  }
}
