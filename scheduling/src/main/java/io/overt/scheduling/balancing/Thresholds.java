package io.overt.scheduling.balancing;

/**
 * The configuration values of oVirt that balancing reads where a policy says nothing. Loads are
 * percent.
 *
 * @param highEven {@code HighUtilizationForEvenlyDistribute}
 * @param lowEven {@code LowUtilizationForEvenlyDistribute}
 * @param highPower {@code HighUtilizationForPowerSave}
 * @param lowPower {@code LowUtilizationForPowerSave}
 * @param overCommitMinutes {@code CpuOverCommitDurationMinutes}
 * @param targetPercent {@code UtilizationThresholdInPercent}: of the high utilization, below which
 *     a host takes machines
 * @param machineCount {@code HighVmCountForEvenGuestDistribute}
 * @param machineDifference {@code MigrationThresholdForEvenGuestDistribute}
 * @param spmGrace {@code SpmVmGraceForEvenGuestDistribute}
 * @param hostsInReserve {@code HostsInReserve}
 * @param powerManagement {@code EnableAutomaticHostPowerManagement}
 */
public record Thresholds(
    int highEven,
    int lowEven,
    int highPower,
    int lowPower,
    int overCommitMinutes,
    int targetPercent,
    int machineCount,
    int machineDifference,
    int spmGrace,
    int hostsInReserve,
    boolean powerManagement) {

  /** oVirt's configuration as installed. */
  public static final Thresholds DEFAULT = new Thresholds(75, 0, 75, 20, 2, 80, 10, 5, 5, 0, false);
}
