/**
 * The audit log: event types with oVirt's codes and severities and our own texts, and the events
 * themselves, written in the transaction that they report.
 *
 * <p>Starting points: {@link io.overt.events.EventLog}, {@link io.overt.events.EventTypes}, {@link
 * io.overt.events.About}.
 */
@NullMarked
package io.overt.events;

import org.jspecify.annotations.NullMarked;
