package io.overt.engine.vms.run;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Entity;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives a running machine the processors and the memory that it shall have, as far as that goes
 * while it runs. What does not go waits for the next start.
 */
public final class LiveResources {
  private static final long MIB = 1L << 20;

  /** oVirt: HotPlugMemoryMultiplicationSizeMb. */
  private static final long BLOCK = 256 * MIB;

  private final Platform platform;
  private final HotPlugs hotPlugs;

  public LiveResources(Platform platform, HotPlugs hotPlugs) {
    this.platform = platform;
    this.hotPlugs = hotPlugs;
  }

  /** Part of an update that has taken effect. */
  public interface Applied {
    /** Writes it into the running machine's values. */
    void to(Vm running);
  }

  /** Changes what can be changed on the host; the parts that it took. */
  public List<Applied> apply(Call call, Entity<Vm> vm, Vm wanted) {
    if (VmLifeCycle.statusOf(vm) != VmStatus.UP) {
      return List.of();
    }
    List<Applied> applied = new ArrayList<>();
    processors(call, vm, wanted, applied);
    memory(call, vm, wanted, applied);
    return applied;
  }

  private void processors(Call call, Entity<Vm> vm, Vm wanted, List<Applied> applied) {
    ProcessorLayout before = ProcessorLayout.of(vm.value());
    ProcessorLayout after = ProcessorLayout.of(wanted);
    if (before.now() == after.now() || !before.becomes(after)) {
      return;
    }
    try {
      hotPlugs.call(
          call,
          vm,
          "VM.setNumberOfCpus",
          Map.of("vmID", vm.id(), "numberOfCpus", Long.toString(after.now())));
    } catch (ApiFault e) {
      failed(call, vm, "FAILED_HOT_SET_NUMBER_OF_CPUS", e);
      return;
    }
    report(
        call,
        vm,
        "HOT_SET_NUMBER_OF_CPUS",
        Map.of("previousNumberOfCpus", before.now(), "numberOfCpus", after.now()));
    applied.add(
        running -> {
          Cpu cpu = running.cpu() == null ? new Cpu() : running.cpu().copy();
          CpuTopology topology = cpu.topology() == null ? new CpuTopology() : cpu.topology().copy();
          running.cpu(cpu.topology(topology.sockets(after.sockets())));
        });
  }

  private void memory(Call call, Entity<Vm> vm, Vm wanted, List<Applied> applied) {
    long before = Objects.requireNonNullElse(vm.value().memory(), 0L);
    long after = Objects.requireNonNullElse(wanted.memory(), 0L);
    MemoryPolicy policy = vm.value().memoryPolicy();
    long most = policy == null ? 0 : Objects.requireNonNullElse(policy.max(), 0L);
    long more = after - before;
    if (more == 0 || more % BLOCK != 0 || after > most || after <= 0) {
      return;
    }
    if (more < 0) {
      lessMemory(call, vm, wanted, applied);
      return;
    }
    try {
      hotPlugs.call(
          call,
          vm,
          "VM.hotplugMemory",
          Map.of(
              "vmID",
              vm.id(),
              "params",
              Map.of(
                  "vmId",
                  vm.id(),
                  "memory",
                  Map.of(
                      "type",
                      "memory",
                      "device",
                      "memory",
                      "size",
                      more / MIB,
                      "node",
                      0,
                      "alias",
                      module(before, after)))));
    } catch (ApiFault e) {
      failed(call, vm, "FAILED_HOT_SET_MEMORY", e);
      return;
    }
    report(call, vm, "HOT_SET_MEMORY", Map.of("previousMem", before / MIB, "newMem", after / MIB));
    applied.add(running -> remember(running, wanted));
  }

  private static void remember(Vm running, Vm wanted) {
    running.memory(wanted.memory());
    MemoryPolicy asked = wanted.memoryPolicy();
    if (running.memoryPolicy() != null && asked != null && asked.guaranteed() != null) {
      running.memoryPolicy(running.memoryPolicy().copy().guaranteed(asked.guaranteed()));
    }
  }

  /** The name of the module by which memory grew, so that it can be taken out again. */
  private static String module(long smaller, long larger) {
    return "ua-dimm-%d-%d".formatted(smaller / MIB, larger / MIB);
  }

  /** What was plugged in last may be taken out, as far as the guest lets go of it. */
  private void lessMemory(Call call, Entity<Vm> vm, Vm wanted, List<Applied> applied) {
    long before = Objects.requireNonNullElse(vm.value().memory(), 0L);
    long after = Objects.requireNonNullElse(wanted.memory(), 0L);
    Map<String, Object> module =
        Map.of("type", "memory", "device", "memory", "alias", module(after, before));
    try {
      hotPlugs.call(
          call,
          vm,
          "VM.hotunplugMemory",
          Map.of("vmID", vm.id(), "params", Map.of("vmId", vm.id(), "memory", module)));
    } catch (ApiFault e) {
      failed(call, vm, "NO_SUITABLE_MEMORY_DEVICE_TO_HOT_UNPLUG", e);
      return;
    }
    report(call, vm, "HOT_SET_MEMORY", Map.of("previousMem", before / MIB, "newMem", after / MIB));
    applied.add(running -> remember(running, wanted));
  }

  private void failed(Call call, Entity<Vm> vm, String type, ApiFault fault) {
    report(call, vm, type, Map.of("ErrorMessage", String.valueOf(fault.getMessage())));
  }

  private void report(Call call, Entity<Vm> vm, String type, Map<String, Object> values) {
    platform.write(
        transaction -> {
          var about = platform.about(call, vm.value()).with("vmName", vm.value().name());
          for (Map.Entry<String, Object> value : values.entrySet()) {
            about = about.with(value.getKey(), value.getValue());
          }
          platform.events().append(transaction, type, about);
          return type;
        });
  }
}
