/**
 * {@code ./overt schedule}: the scheduler by itself, without an engine.
 *
 * <p>Starting points: {@link io.overt.dist.schedule.ScheduleCommand}.
 */
@NullMarked
package io.overt.dist.schedule;

import org.jspecify.annotations.NullMarked;
