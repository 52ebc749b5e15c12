package io.overt.scheduling;

import java.util.Set;

/**
 * What a machine needs from a host.
 *
 * @param memory bytes, overhead included
 * @param virtualCpus number of virtual processors
 * @param pinnedHosts ids of the only hosts allowed; empty = any
 * @param excludedHosts ids of hosts that have already failed this start
 * @param networks ids of the logical networks of its interfaces
 */
public record PlacementRequest(
    String vmId,
    long memory,
    int virtualCpus,
    Set<String> pinnedHosts,
    Set<String> excludedHosts,
    Set<String> networks) {}
