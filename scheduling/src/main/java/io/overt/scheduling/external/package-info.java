/**
 * The port for scheduling units that run outside the engine: what can be asked of them and what
 * they answer. Ids are texts here, as on the wire.
 *
 * <p>Starting points: {@link io.overt.scheduling.external.ExternalScheduler}, {@link
 * io.overt.scheduling.external.UnitCall}.
 */
@NullMarked
package io.overt.scheduling.external;

import org.jspecify.annotations.NullMarked;
