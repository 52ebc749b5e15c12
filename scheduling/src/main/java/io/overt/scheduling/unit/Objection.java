package io.overt.scheduling.unit;

/**
 * Why a filter removes a host.
 *
 * @param code oVirt's key for the reason: {@code VAR__DETAIL__NOT_ENOUGH_MEMORY}
 * @param text for people, to be read after "the host …": {@code has 512 MiB left, 4096 are needed}
 */
public record Objection(String code, String text) {}
