/**
 * {@code /jobs}: the engine's own operations as users see them, and jobs that clients keep there.
 *
 * <p>Starting points: {@link io.overt.engine.jobs.Jobs}.
 */
@NullMarked
package io.overt.engine.jobs;

import org.jspecify.annotations.NullMarked;
