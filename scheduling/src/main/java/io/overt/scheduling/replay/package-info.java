/**
 * Decisions that another scheduler took, decided again and compared unit by unit.
 *
 * <p>Starting points: {@link io.overt.scheduling.replay.Replay}, {@link
 * io.overt.scheduling.replay.RecordedCase}.
 */
@NullMarked
package io.overt.scheduling.replay;

import org.jspecify.annotations.NullMarked;
