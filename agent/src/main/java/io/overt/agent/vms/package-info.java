/**
 * Virtual machines on this host: how one is launched from the engine's domain XML, which status it
 * shows, how it ends, and how all of them are found again after the agent was restarted. The
 * hypervisor's domains and their metadata are the truth; the journal only remembers which launches
 * and ends the engine has not acknowledged yet.
 *
 * <p>Starting points: {@link io.overt.agent.vms.Vms}, {@link io.overt.agent.vms.Vm}, {@link
 * io.overt.agent.vms.LaunchXml}.
 */
@NullMarked
package io.overt.agent.vms;

import org.jspecify.annotations.NullMarked;
