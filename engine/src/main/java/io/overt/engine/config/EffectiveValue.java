package io.overt.engine.config;

/**
 * A value in force.
 *
 * @param origin {@code default}, a file, {@code environment OVERT_…} or {@code command line}
 */
public record EffectiveValue(Setting setting, String value, String origin) {}
