package io.overt.events.notifier;

/**
 * A value that was set.
 *
 * @param origin file and line, or {@code default}
 */
public record Value(String key, String text, String origin) {}
