/**
 * Notifications of events by SNMP, mail, webhook and syslog: who is to hear of what is decided in
 * the transaction that writes the event, and kept in an outbox until it was delivered.
 *
 * <p>Starting points: {@link io.overt.events.notifier.Notifier}, {@link
 * io.overt.events.notifier.Filter}, {@link io.overt.events.notifier.Courier}, {@link
 * io.overt.events.notifier.Transport}.
 */
@NullMarked
package io.overt.events.notifier;

import org.jspecify.annotations.NullMarked;
