/**
 * Notifications by mail: one for each event, merged ones, and digests in storms.
 *
 * <p>Starting points: {@link io.overt.events.notifier.mail.MailTransport}, {@link
 * io.overt.events.notifier.mail.Composer}.
 */
@NullMarked
package io.overt.events.notifier.mail;

import org.jspecify.annotations.NullMarked;
