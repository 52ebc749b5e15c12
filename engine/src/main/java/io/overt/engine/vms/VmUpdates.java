package io.overt.engine.vms;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Bios;
import io.overt.model.types.BiosType;
import io.overt.model.types.Cluster;
import io.overt.model.types.Cpu;
import io.overt.model.types.DataCenter;
import io.overt.model.types.InstanceType;
import io.overt.model.types.Mac;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.Nic;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a machine is after an update. */
final class VmUpdates {
  private VmUpdates() {}

  /** The machine as the client wants it, checked, its references resolved. */
  static Vm merged(Platform platform, Transaction transaction, Entity<Vm> vm, Vm body) {
    requireSameTemplate(vm.value(), body.template());
    Vm base = NextRun.of(transaction.current(), vm);
    Vm merged = Updates.merge(base, body, Machines.READ_ONLY);
    Cpu before = base.cpu();
    if (merged.cpu() != null && before != null) {
      merged.cpu().architecture(before.architecture());
    }
    Entity<Cluster> cluster = cluster(transaction, vm, body.cluster());
    Bios bios = merged.bios();
    if (bios != null && bios.type_() == BiosType.CLUSTER_DEFAULT) {
      bios.type_(cluster.value().biosType());
    }
    MachineValues.adjustMemory(merged, body);
    keepMaximum(vm.value(), merged, body);
    MachineValues.video(merged, body);
    if (body.os() != null && body.os().type_() != null) {
      MachineValues.settleOperatingSystem(transaction.current(), merged);
    }
    new MachineReferences(transaction, platform::newId).settle(merged, body, cluster);
    InstanceType type = body.instanceType();
    if (type != null) {
      merged.instanceType(
          References.optional(transaction, Kinds.INSTANCE_TYPE, type)
              .map(found -> new InstanceType().id(found.id()))
              .orElse(null));
    }
    MachineRules.check(transaction.current(), merged, "vm", platform.customProperties());
    return merged;
  }

  /** The most that a running machine can have is settled, so memory plugged in leaves it alone. */
  private static void keepMaximum(Vm running, Vm merged, Vm body) {
    MemoryPolicy policy = merged.memoryPolicy();
    Long most = running.memoryPolicy() == null ? null : running.memoryPolicy().max();
    boolean said = body.memoryPolicy() != null && body.memoryPolicy().max() != null;
    if (running.status() == VmStatus.UP
        && !said
        && policy != null
        && most != null
        && merged.memory() != null
        && merged.memory() <= most) {
      policy.max(most);
    }
  }

  private static void requireSameTemplate(Vm vm, @Nullable Template wanted) {
    Template template = vm.template();
    if (wanted != null
        && wanted.id() != null
        && template != null
        && !Objects.equals(wanted.id(), template.id())) {
      throw ApiFault.bad(
          "vm.template cannot change from " + template.id() + " to " + wanted.id() + ".");
    }
  }

  private static Entity<Cluster> cluster(
      Transaction transaction, Entity<Vm> vm, @Nullable Cluster wanted) {
    Cluster reference = Objects.requireNonNull(vm.value().cluster());
    Entity<Cluster> now =
        transaction.find(Kinds.CLUSTER, reference.requireId()).orElseThrow(ApiFault::notFound);
    Entity<Cluster> next = References.optional(transaction, Kinds.CLUSTER, wanted).orElse(now);
    if (next.id().equals(now.id())) {
      return now;
    }
    OneVm.requireDown(vm, "change the cluster of");
    DataCenter here = now.value().dataCenter();
    DataCenter there = next.value().dataCenter();
    if (here == null || there == null || !Objects.equals(here.id(), there.id())) {
      throw ApiFault.conflict(
          "VM "
              + vm.value().name()
              + " cannot move to cluster "
              + next.value().name()
              + ": it is in another data center.");
    }
    return next;
  }

  /** Gives the interfaces, by name, the addresses in ascending order. */
  static void reorderAddresses(Transaction transaction, Key vm) {
    List<Entity<Nic>> nics =
        transaction.current().owned(Kinds.NIC, vm).stream()
            .filter(nic -> nic.value().mac() != null)
            .sorted(Comparator.comparing(nic -> Objects.requireNonNullElse(nic.value().name(), "")))
            .toList();
    List<String> addresses = new ArrayList<>();
    for (Entity<Nic> nic : nics) {
      addresses.add(Objects.requireNonNull(Objects.requireNonNull(nic.value().mac()).address()));
    }
    addresses.sort(Comparator.naturalOrder());
    for (int index = 0; index < nics.size(); index++) {
      Nic changed = (Nic) nics.get(index).value().shallowCopy();
      transaction.update(nics.get(index), changed.mac(new Mac().address(addresses.get(index))));
    }
  }
}
