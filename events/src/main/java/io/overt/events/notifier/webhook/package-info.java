/**
 * Notifications to webhooks: events as signed JSON, posted to a URL.
 *
 * <p>Starting point: {@link io.overt.events.notifier.webhook.WebhookTransport}.
 */
@NullMarked
package io.overt.events.notifier.webhook;

import org.jspecify.annotations.NullMarked;
