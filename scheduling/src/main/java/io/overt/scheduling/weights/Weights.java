package io.overt.scheduling.weights;

import io.overt.scheduling.unit.HostWeight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All weights, by their policy unit's id. */
public final class Weights {
  private static final Map<String, HostWeight> BY_ID =
      List.of(
              new CpuEvenWeight(),
              new MemoryEvenWeight(),
              new CpuPowerWeight(),
              new MemoryPowerWeight(),
              new GuestEvenWeight(),
              new PreferredHostsWeight(),
              new HostedEngineWeight(),
              new HaReservationWeight(),
              new MachineAffinityWeight(),
              new HostAffinityWeight(),
              new HighPerformanceWeight(),
              new PinningWeight(),
              new SingleNodeWeight(),
              new UpgradeWeight())
          .stream()
          .collect(Collectors.toMap(HostWeight::id, Function.identity()));

  private Weights() {}

  public static Optional<HostWeight> find(String unitId) {
    return Optional.ofNullable(BY_ID.get(unitId));
  }
}
