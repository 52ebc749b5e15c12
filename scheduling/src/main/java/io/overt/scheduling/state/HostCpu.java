package io.overt.scheduling.state;

/**
 * A logical processor of a host.
 *
 * @param usagePercent its load, 0–100
 */
public record HostCpu(int id, int socket, int core, double usagePercent, boolean online) {}
