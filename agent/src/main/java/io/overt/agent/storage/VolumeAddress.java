package io.overt.agent.storage;

import java.util.UUID;

/** A volume's place in VDSM's hierarchy. */
public record VolumeAddress(UUID domain, UUID image, UUID volume) {}
