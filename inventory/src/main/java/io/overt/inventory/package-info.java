/**
 * What there is: entities of the API model in PostgreSQL, and an immutable snapshot of all of them
 * in memory that serves every read.
 *
 * <p>A write runs a function on a {@link io.overt.inventory.Transaction}; what it asked for is
 * checked and committed in one database transaction under the row lock of the change feed, so that
 * the feed's positions are the order of commits on every node. The database guards unique names and
 * references again by its own constraints.
 *
 * <p>Starting points: {@link io.overt.inventory.Inventory}, {@link io.overt.inventory.Snapshot},
 * {@link io.overt.inventory.Kinds}.
 */
@NullMarked
package io.overt.inventory;

import org.jspecify.annotations.NullMarked;
