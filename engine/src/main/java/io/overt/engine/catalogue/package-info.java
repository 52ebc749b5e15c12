/**
 * What an engine knows without being told: cluster levels, operating systems with their icons,
 * options, and the external providers that it may be connected to.
 *
 * <p>Starting points: {@link io.overt.engine.catalogue.ClusterLevels}, {@link
 * io.overt.engine.catalogue.OperatingSystems}, {@link io.overt.engine.catalogue.Options}.
 */
@NullMarked
package io.overt.engine.catalogue;

import org.jspecify.annotations.NullMarked;
