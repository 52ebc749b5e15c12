package io.overt.libvirt;

/** The machine: memory in KiB, clock in MHz; sockets are per NUMA node, cores per socket. */
public record NodeInfo(
    String model,
    long memoryKib,
    int cpus,
    int mhz,
    int nodes,
    int sockets,
    int cores,
    int threads) {}
