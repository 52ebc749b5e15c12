/**
 * What the agent needs from a hypervisor: domains described in libvirt's XML, their life cycle,
 * statistics and events, and the facts of the machine underneath. Nothing here knows a verb of the
 * engine; nothing above knows libvirt.
 *
 * <p>Starting points: {@link io.overt.agent.hypervisor.Hypervisor}, {@link
 * io.overt.agent.hypervisor.HypervisorEvent}.
 */
@NullMarked
package io.overt.agent.hypervisor;

import org.jspecify.annotations.NullMarked;
