package io.overt.events.notifier;

import java.time.Instant;

/**
 * That somebody is to hear of an event, and what became of it.
 *
 * @param state {@code pending}, {@code failed} (to be tried again), {@code sent} or {@code dead}
 * @param target where it goes, for a recipient that has several places
 */
public record Delivery(
    long event,
    Recipient recipient,
    String target,
    String state,
    int attempts,
    Instant created,
    Instant nextTry,
    String lastError) {}
