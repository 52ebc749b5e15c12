package io.overt.scheduling;

import java.util.Set;

/**
 * What placement knows of a host.
 *
 * @param accepting up and willing to take machines
 * @param schedulableMemory bytes that machines may still claim: physical × over-commit − committed
 *     − reserved − pending (oVirt {@code VDS.java})
 * @param cpus logical processors
 * @param virtualCpus processors claimed by the machines on it, pending ones included
 * @param networks ids of the logical networks that it carries
 */
public record HostState(
    String id,
    String name,
    boolean accepting,
    long schedulableMemory,
    int cpus,
    int virtualCpus,
    Set<String> networks) {}
