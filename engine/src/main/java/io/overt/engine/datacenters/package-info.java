/**
 * {@code /datacenters}: the widest frame of clusters, networks and storage.
 *
 * <p>Starting point: {@link io.overt.engine.datacenters.DataCenters}.
 */
@NullMarked
package io.overt.engine.datacenters;

import org.jspecify.annotations.NullMarked;
