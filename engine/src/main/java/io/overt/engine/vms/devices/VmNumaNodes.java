package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.VmNumaNodeService;
import io.overt.model.services.VmNumaNodesService;
import io.overt.model.types.Core;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.NumaTuneMode;
import io.overt.model.types.VirtualNumaNode;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /vms/{id}/numanodes}: how the guest's processors and memory are divided. */
public final class VmNumaNodes implements VmNumaNodesService {
  private static final Comparator<VirtualNumaNode> BY_INDEX =
      Comparator.comparingLong(VmNumaNodes::indexOf);
  private final Platform platform;
  private final Devices<Vm, VirtualNumaNode> nodes;

  public VmNumaNodes(Platform platform, String vmId) {
    this.platform = platform;
    this.nodes = new Devices<>(platform, Kinds.VM, vmId, Kinds.VIRTUAL_NUMA_NODE);
  }

  @Override
  public List<VirtualNumaNode> list(ListRequest request) {
    nodes.owner(request.call());
    return platform.snapshot().owned(Kinds.VIRTUAL_NUMA_NODE, nodes.ownerKey()).stream()
        .map(Devices::shown)
        .sorted(BY_INDEX)
        .limit(Resource.limit(request.call()))
        .toList();
  }

  @Override
  public Outcome<VirtualNumaNode> add(AddRequest request) {
    Call call = request.call();
    VirtualNumaNode body = platform.body(request.node());
    Entity<VirtualNumaNode> added =
        platform.write(
            transaction -> {
              Entity<Vm> vm = ownerDown(call, transaction);
              VirtualNumaNode node = body.copy();
              node.id(platform.newId()).vm(null);
              if (node.numaTuneMode() == null) {
                node.numaTuneMode(NumaTuneMode.INTERLEAVE);
              }
              Entity<VirtualNumaNode> entity = nodes.insert(transaction, node);
              check(transaction, vm);
              report(transaction, call, "NUMA_ADD_VM_NUMA_NODE_SUCCESS", vm);
              return entity;
            });
    return Outcome.done(Devices.shown(added));
  }

  @Override
  public VmNumaNodeService node(String id) {
    return new VmNumaNodeService() {
      @Override
      public VirtualNumaNode get(GetRequest request) {
        return nodes.get(request.call(), id);
      }

      @Override
      public Outcome<VirtualNumaNode> update(UpdateRequest request) {
        Call call = request.call();
        VirtualNumaNode body = platform.body(request.node());
        Entity<VirtualNumaNode> updated =
            platform.write(
                transaction -> {
                  Entity<Vm> vm = ownerDown(call, transaction);
                  Entity<VirtualNumaNode> current = nodes.require(call, transaction, id);
                  VirtualNumaNode merged = Updates.merge(current.value(), body, Set.of("vm"));
                  Entity<VirtualNumaNode> entity = transaction.update(current, merged);
                  check(transaction, vm);
                  report(transaction, call, "NUMA_UPDATE_VM_NUMA_NODE_SUCCESS", vm);
                  return entity;
                });
        return Outcome.done(Devices.shown(updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<Vm> vm = ownerDown(call, transaction);
              transaction.delete(nodes.require(call, transaction, id));
              check(transaction, vm);
              report(transaction, call, "NUMA_REMOVE_VM_NUMA_NODE_SUCCESS", vm);
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  private Entity<Vm> ownerDown(Call call, Transaction transaction) {
    Entity<Vm> vm = nodes.owner(call, transaction);
    VmStatus status = vm.value().status();
    if (status != null && status != VmStatus.DOWN) {
      throw ApiFault.conflict(
          "NUMA nodes of VM " + vm.value().name() + " cannot change while it is " + status.wire());
    }
    return vm;
  }

  /** Indices are 0 to n-1, each processor of the machine is in one node at most. */
  private void check(Transaction transaction, Entity<Vm> vm) {
    List<VirtualNumaNode> all =
        nodes.all(transaction).stream().map(Entity::value).sorted(BY_INDEX).toList();
    Set<Long> indices = new TreeSet<>();
    for (VirtualNumaNode node : all) {
      if (!indices.add(indexOf(node))) {
        throw ApiFault.bad("NUMA node index " + indexOf(node) + " is used twice.");
      }
    }
    for (long index = 0; index < all.size(); index++) {
      if (!indices.contains(index)) {
        throw ApiFault.bad(
            "NUMA node indices must be 0 to "
                + (all.size() - 1)
                + " without gaps; "
                + index
                + " is missing.");
      }
    }
    checkProcessors(all, processors(vm.value().cpu()));
  }

  private static void checkProcessors(List<VirtualNumaNode> all, long processors) {
    Set<Long> seen = new HashSet<>();
    for (VirtualNumaNode node : all) {
      Cpu cpu = node.cpu();
      if (cpu == null || cpu.cores() == null) {
        continue;
      }
      for (Core core : Objects.requireNonNull(cpu.cores())) {
        long index = Objects.requireNonNullElse(core.index(), 0L);
        if (index < 0 || index >= processors) {
          throw ApiFault.bad(
              "NUMA node "
                  + indexOf(node)
                  + " names processor "
                  + index
                  + ", but the machine has "
                  + processors);
        }
        if (!seen.add(index)) {
          throw ApiFault.bad("Processor " + index + " is in more than one NUMA node.");
        }
      }
    }
  }

  private static long processors(@Nullable Cpu cpu) {
    CpuTopology topology = cpu == null ? null : cpu.topology();
    return topology == null
        ? 1
        : Objects.requireNonNullElse(topology.sockets(), 1L)
            * Objects.requireNonNullElse(topology.cores(), 1L)
            * Objects.requireNonNullElse(topology.threads(), 1L);
  }

  private static long indexOf(VirtualNumaNode node) {
    return Objects.requireNonNullElse(node.index(), 0L);
  }

  private void report(Transaction transaction, Call call, String type, Entity<Vm> vm) {
    platform.report(transaction, type, call, vm.value());
  }
}
