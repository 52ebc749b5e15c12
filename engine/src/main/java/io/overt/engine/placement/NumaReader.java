package io.overt.engine.placement;

import io.overt.fleet.Report;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Core;
import io.overt.model.types.NumaNodePin;
import io.overt.model.types.NumaTuneMode;
import io.overt.model.types.VirtualNumaNode;
import io.overt.model.types.Vm;
import io.overt.scheduling.state.NumaNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The nodes of a machine's memory, and of a host's. */
final class NumaReader {
  private NumaReader() {}

  static List<NumaNode> ofMachine(Snapshot snapshot, Entity<Vm> vm) {
    List<Entity<VirtualNumaNode>> nodes = snapshot.owned(Kinds.VIRTUAL_NUMA_NODE, vm.key());
    return nodes.isEmpty()
        ? List.of()
        : nodes.stream().map(node -> ofMachine(node.value(), vm.value().numaTuneMode())).toList();
  }

  private static NumaNode ofMachine(VirtualNumaNode node, @Nullable NumaTuneMode mode) {
    List<Core> cores = node.cpu() == null ? null : node.cpu().cores();
    List<NumaNodePin> pins = node.numaNodePins();
    return new NumaNode(
        number(node.index()),
        Objects.requireNonNullElse(node.memory(), 0L),
        cores == null
            ? Set.of()
            : cores.stream().map(core -> number(core.index())).collect(Collectors.toSet()),
        pins == null
            ? Set.of()
            : pins.stream().map(pin -> number(pin.index())).collect(Collectors.toSet()),
        Objects.requireNonNullElse(node.numaTuneMode(), mode) == NumaTuneMode.PREFERRED);
  }

  private static int number(@Nullable Long value) {
    return value == null ? 0 : Math.toIntExact(value);
  }

  /** What is free in each node; all of it when the host does not tell. */
  static List<NumaNode> ofHost(Report capabilities, Report statistics) {
    Map<String, Object> nodes = capabilities.object("numaNodes");
    Report free = statistics.report("numaNodeMemFree");
    List<NumaNode> all = new ArrayList<>();
    for (String index : nodes.keySet()) {
      Report node = capabilities.report("numaNodes").report(index);
      Long now = free.report(index).number("memFree");
      Long total = node.number("totalMemory");
      if (index.matches("[0-9]{1,5}")) {
        all.add(
            NumaNode.ofHost(
                Integer.parseInt(index),
                now != null ? now : total != null ? total : 0,
                node.list("cpus").stream()
                    .map(Report::decimal)
                    .filter(Objects::nonNull)
                    .map(BigDecimal::intValue)
                    .collect(Collectors.toSet())));
      }
    }
    return all;
  }
}
