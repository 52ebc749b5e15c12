/**
 * {@code /events}: the audit log as users read it, and events that clients add to it.
 *
 * <p>Starting points: {@link io.overt.engine.events.Events}.
 */
@NullMarked
package io.overt.engine.events;

import org.jspecify.annotations.NullMarked;
