package io.overt.agent.hypervisor;

import java.util.UUID;

/** An active domain. */
public record DomainSummary(UUID id, String name, DomainState state) {}
