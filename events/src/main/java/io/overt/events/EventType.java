package io.overt.events;

import io.overt.model.types.LogSeverity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A type of event.
 *
 * @param code oVirt engine 4.5's number, stable for monitoring systems
 * @param flood equal events within this time are dropped; zero = never
 * @param resolvedBy name of the type that ends this condition, if there is one
 * @param message text with {@code ${variables}}; null for types whose text is their name
 */
public record EventType(
    int code,
    String name,
    LogSeverity severity,
    Duration flood,
    @Nullable String resolvedBy,
    @Nullable String resolves,
    @Nullable String message) {}
