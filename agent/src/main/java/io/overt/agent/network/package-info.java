/**
 * The host's networks as the engine arranges them: bridges, VLANs and bonds over the host's cards,
 * with addresses.
 *
 * <p>A request names what changes. Together with what is there it gives the wanted {@link
 * io.overt.agent.network.NetworkConfig}; a {@link io.overt.agent.network.NetworkLayer} makes the
 * devices be so. {@link io.overt.agent.network.HostNetworks} goes back when that fails or the
 * engine can no longer reach the host.
 */
@NullMarked
package io.overt.agent.network;

import org.jspecify.annotations.NullMarked;
