package io.overt.scheduling.state;

/** A host's system, as far as an upgrade of a cluster needs it: its family and version. */
public record OperatingSystem(String family, int major, int minor) {}
