/**
 * {@code /datacenters}: the widest frame of clusters, networks and storage, and the compatibility
 * versions that they may have.
 *
 * <p>Starting points: {@link io.overt.engine.datacenters.DataCenters}, {@link
 * io.overt.engine.datacenters.CompatibilityVersions}.
 */
@NullMarked
package io.overt.engine.datacenters;

import org.jspecify.annotations.NullMarked;
