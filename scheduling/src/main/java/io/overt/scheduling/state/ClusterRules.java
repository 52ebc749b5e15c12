package io.overt.scheduling.state;

/**
 * What the cluster says of all its hosts.
 *
 * @param threadsAsCores whether a hardware thread counts as a core
 * @param haReservation whether there must be room for the machines of a failed host
 * @param cpuFlags the processor flags that the cluster's CPU type needs, comma separated
 * @param cpuVerb the cluster's CPU type as a guest sees it; empty when none is set
 */
public record ClusterRules(
    boolean threadsAsCores, boolean haReservation, String cpuVerb, String cpuFlags) {

  public static final ClusterRules PLAIN = new ClusterRules(false, false, "", "");
}
