/**
 * The filters of oVirt's scheduling policies: each removes hosts that cannot run a machine, and
 * says why.
 *
 * <p>Starting points: {@link io.overt.scheduling.filters.Filters}.
 */
@NullMarked
package io.overt.scheduling.filters;

import org.jspecify.annotations.NullMarked;
