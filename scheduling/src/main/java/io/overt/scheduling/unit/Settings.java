package io.overt.scheduling.unit;

/**
 * The configuration values of oVirt that scheduling reads, with their defaults.
 *
 * @param maxWeight the worst score of a stretched weight
 * @param vcpuConsumption percent of a processor that a starting machine's processor is taken for
 * @param spmConsumption what being the storage pool manager takes, in virtual processors
 * @param highUtilization above which a host is too busy, when the policy does not say
 * @param overCommitMinutes for how long, when the policy does not say
 * @param swapCheck whether a host that swaps is left out
 * @param allowedSwap percent of the memory that may be swapped, when the policy does not say
 * @param maxEngineScore the best score of a host for the hosted engine
 */
public record Settings(
    int maxWeight,
    int vcpuConsumption,
    int spmConsumption,
    int highUtilization,
    int overCommitMinutes,
    boolean swapCheck,
    int allowedSwap,
    int maxEngineScore) {

  /** oVirt's configuration as installed. */
  public static final Settings DEFAULT = new Settings(1000, 10, 1, 90, 2, true, 0, 3400);
}
