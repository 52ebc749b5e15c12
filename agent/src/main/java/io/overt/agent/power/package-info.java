/**
 * The power of other hosts: this one speaks for the engine to the devices that switch them, as the
 * engine cannot reach those networks.
 *
 * <p>Starting points: {@link io.overt.agent.power.PowerSwitches}, {@link
 * io.overt.agent.power.FencePrograms}.
 */
@NullMarked
package io.overt.agent.power;

import org.jspecify.annotations.NullMarked;
