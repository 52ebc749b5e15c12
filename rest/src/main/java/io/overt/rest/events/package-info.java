/**
 * Events as they happen, for browsers and scripts: {@code text/event-stream} at {@code /events}.
 *
 * <p>Starting points: {@link io.overt.rest.events.EventFeed}, {@link
 * io.overt.rest.events.EventStream}.
 */
@NullMarked
package io.overt.rest.events;

import org.jspecify.annotations.NullMarked;
