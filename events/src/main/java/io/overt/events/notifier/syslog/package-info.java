/**
 * Notifications to syslog servers, by RFC 5424.
 *
 * <p>Starting point: {@link io.overt.events.notifier.syslog.SyslogTransport}.
 */
@NullMarked
package io.overt.events.notifier.syslog;

import org.jspecify.annotations.NullMarked;
