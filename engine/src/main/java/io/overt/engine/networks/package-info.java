/**
 * Logical networks: in data centers, assigned to clusters with their roles, their vNIC profiles,
 * labels and filters, and the pools of MAC addresses.
 *
 * <p>Starting points: {@link io.overt.engine.networks.Networks}, {@link
 * io.overt.engine.networks.ClusterNetworks}, {@link io.overt.engine.networks.VnicProfiles}, {@link
 * io.overt.engine.networks.MacPools}.
 */
@NullMarked
package io.overt.engine.networks;

import org.jspecify.annotations.NullMarked;
