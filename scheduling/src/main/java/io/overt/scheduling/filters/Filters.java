package io.overt.scheduling.filters;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.HostFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All filters, by their policy unit's id. */
public final class Filters {
  /** Run first in every decision, in this order, whatever the policy says. */
  public static final List<HostFilter> MANDATORY =
      List.of(
          new PinToHostFilter(),
          new TraitFilter(
              "3e4a7d54-9e7f-11e5-8994-feff819cdc9f",
              "Compatibility-Version",
              machine -> machine.needs().compatibility(),
              true,
              "VAR__DETAIL__UNSUPPORTED_COMPATIBILITY_VERSION",
              "does not support the compatibility version"),
          new TraitFilter(
              "438b052c-90ab-40e8-9be0-a22560202ea6",
              "CPU-Level",
              machine -> machine.needs().cpuFlags(),
              true,
              "VAR__DETAIL__UNSUPPORTED_CPU_FLAGS",
              "lacks the CPU flags"),
          new CpuTopologyFilter(),
          new CpuPinningFilter(),
          new TraitFilter(
              "b454ae40-f767-45b1-949a-7e5bd04d83ab",
              "VM leases ready",
              machine -> machine.needs().leases(),
              true,
              "VAR__DETAIL__NOT_READY_FOR_LEASES",
              "is not ready for leases on the storage domain"),
          new HostDeviceFilter(),
          new MediatedDeviceFilter());

  private static final List<HostFilter> SELECTABLE =
      List.of(
          new CpuFilter(),
          new OverloadFilter(),
          new TraitFilter(
              "58894b5b-d55d-4f85-8f82-5bf217e640b0",
              "Emulated-Machine",
              machine -> machine.needs().emulatedMachine(),
              true,
              "VAR__DETAIL__UNSUPPORTED_EMULATED_MACHINE",
              "does not offer the emulated machine"),
          new HostedEngineFilter(),
          new SwapFilter(),
          new MemoryFilter(),
          new NumaFilter(),
          new HugePagesFilter(),
          new MigrationFilter(),
          new MachineAffinityFilter(),
          new HostAffinityFilter(),
          new NetworkFilter(),
          new EngineSparesFilter(),
          new TscFilter(),
          new TraitFilter(
              "aae8c702-4756-4934-b84c-8daf59efc134",
              "Host-hooks",
              machine -> machine.needs().hooks(),
              true,
              "VAR__DETAIL__MISSING_HOOK",
              "lacks the hook"),
          new ClusterMaintenanceFilter(),
          new UpgradeFilter());

  private static final Map<String, HostFilter> BY_ID =
      Stream.concat(MANDATORY.stream(), SELECTABLE.stream())
          .collect(Collectors.toMap(HostFilter::id, Function.identity()));

  private Filters() {}

  public static Optional<HostFilter> find(String unitId) {
    return Optional.ofNullable(BY_ID.get(unitId));
  }

  static boolean any(List<Machine> machines, java.util.function.Predicate<Machine> condition) {
    for (Machine machine : machines) {
      if (condition.test(machine)) {
        return true;
      }
    }
    return false;
  }
}
