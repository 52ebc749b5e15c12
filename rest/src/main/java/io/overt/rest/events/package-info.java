/**
 * What happens as it happens, for browsers and scripts: {@code text/event-stream}; the events of
 * the system at {@code /events}, and what else features tell.
 *
 * <p>Starting points: {@link io.overt.rest.events.EventFeed}, {@link
 * io.overt.rest.events.MessageStreams}.
 */
@NullMarked
package io.overt.rest.events;

import org.jspecify.annotations.NullMarked;
