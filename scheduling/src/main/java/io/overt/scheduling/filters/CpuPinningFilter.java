package io.overt.scheduling.filters;

import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.ExclusiveCpus;
import io.overt.scheduling.state.HostCpu;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The processors to which machines are bound exist, and nobody has them for himself. */
final class CpuPinningFilter extends HostFilter {
  private static final String CODE = "VAR__DETAIL__VM_PINNING_PCPU_DOES_NOT_EXIST";

  CpuPinningFilter() {
    super("6d636bf6-a35c-4f9d-b68d-0731f731cddc", "CpuPinning");
  }

  @Override
  public boolean concerns(Decision decision) {
    return Filters.any(decision.machines(), machine -> machine.cpu().pinning() != CpuPinning.NONE);
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    List<Machine> exclusive = new ArrayList<>();
    Set<Integer> pinned = new TreeSet<>();
    boolean resized = false;
    for (int i = 0; i < decision.machines().size(); i++) {
      Machine machine = decision.machines().get(i);
      if (decision.hostOf(i) == host) {
        continue;
      }
      switch (machine.cpu().pinning()) {
        case MANUAL -> pinned.addAll(machine.cpu().pinned());
        case RESIZE_AND_PIN_NUMA -> resized = true;
        case DEDICATED, ISOLATE_THREADS -> exclusive.add(machine);
        case NONE -> {}
      }
    }
    Set<Integer> taken = decision.state().takenCpus(host);
    if (resized && (!exclusive.isEmpty() || !taken.isEmpty())) {
      return new Objection(
          "VAR__DETAIL__VM_PINNING_CANT_RESIZE_WITH_DEDICATED",
          "has CPUs that a machine has for itself, none may be left out");
    }
    List<HostCpu> cpus = decision.state().facts(host).special().cpus();
    if (!exclusive.isEmpty()) {
      if (cpus.isEmpty()) {
        return new Objection(CODE, "has not told its CPUs");
      }
      var given = ExclusiveCpus.fit(decision.state(), host, exclusive);
      if (given.isEmpty()) {
        return new Objection(
            "VAR__DETAIL__NOT_ENOUGH_DEDICATED_CPUS",
            "has too few free CPUs that a machine could have for itself");
      }
      taken = new HashSet<>(taken);
      taken.addAll(given.get());
    }
    Set<Integer> missing = new TreeSet<>(pinned);
    for (HostCpu cpu : cpus) {
      if (cpu.online() && !taken.contains(cpu.id())) {
        missing.remove(cpu.id());
      }
    }
    if (cpus.isEmpty()) {
      int threads = decision.state().facts(host).topology().threads();
      missing.removeIf(cpu -> cpu < threads);
    }
    return missing.isEmpty()
        ? null
        : new Objection(CODE, "has no free CPUs " + missing + " to which the machine is pinned");
  }
}
