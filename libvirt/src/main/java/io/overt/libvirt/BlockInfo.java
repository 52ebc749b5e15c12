package io.overt.libvirt;

/** Bytes: what the guest sees, the highest written, and the size of the file or device. */
public record BlockInfo(long capacity, long allocation, long physical) {}
