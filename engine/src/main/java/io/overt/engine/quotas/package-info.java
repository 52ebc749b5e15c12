/**
 * Quotas of a data center: how much its users may consume, as a whole or by cluster and storage
 * domain.
 *
 * <p>Starting points: {@link io.overt.engine.quotas.Quotas}, {@link
 * io.overt.engine.quotas.QuotaUsage}.
 */
@NullMarked
package io.overt.engine.quotas;

import org.jspecify.annotations.NullMarked;
