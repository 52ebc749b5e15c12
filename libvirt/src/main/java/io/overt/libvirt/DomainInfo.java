package io.overt.libvirt;

/** Memory in KiB, CPU time in nanoseconds. */
public record DomainInfo(
    DomainState state, long maximumMemoryKib, long memoryKib, int vcpus, long cpuTimeNanoseconds) {}
