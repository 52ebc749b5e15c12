package io.overt.scheduling.earlier;

import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.HostWeight;
import java.util.Map;
import java.util.Optional;

/** The units of oVirt 3.4 by their ids, which most of today's share. */
public final class EarlierUnits {
  private static final Map<String, HostFilter> FILTERS =
      Map.of(
          "6d636bf6-a35c-4f9d-b68d-0731f720cddc", new EarlierCpuFilter(),
          "c9ddbb34-0e1d-4061-a8d7-b0893fa80932", new EarlierMemoryFilter());

  private static final Map<String, HostWeight> WEIGHTS =
      Map.of(
          "38440000-8cf0-14bd-c43e-10b96e4ef00b",
              new EarlierLoadWeight("38440000-8cf0-14bd-c43e-10b96e4ef00b", "None", false),
          "7db4ab05-81ab-42e8-868a-aee2df483edb",
              new EarlierLoadWeight(
                  "7db4ab05-81ab-42e8-868a-aee2df483edb", "OptimalForEvenDistribution", false),
          "736999d0-1023-46a4-9a75-1316ed50e15b",
              new EarlierLoadWeight(
                  "736999d0-1023-46a4-9a75-1316ed50e15b", "OptimalForPowerSaving", true),
          "98e92667-6161-41fb-b3fa-34f820ccbc4b", new EarlierEngineWeight(),
          "84e6ddee-ab0d-42dd-82f0-c297779db567", new EarlierAffinityWeight());

  private EarlierUnits() {}

  /** The filter that 3.4 had instead of today's of the same id. */
  public static Optional<HostFilter> filter(String unitId) {
    return Optional.ofNullable(FILTERS.get(unitId));
  }

  /** The weight that 3.4 had, instead of today's of the same id or besides it. */
  public static Optional<HostWeight> weight(String unitId) {
    return Optional.ofNullable(WEIGHTS.get(unitId));
  }
}
