/**
 * The PostgreSQL that comes with us: unpacked, initialised, started, watched and stopped, for
 * installations that bring no server of their own.
 *
 * <p>It listens on the loopback address only, with a generated password that stands in a file of
 * the state directory that only its owner can read.
 *
 * <p>Starting points: {@link io.overt.inventory.postgres.BundledPostgres}.
 */
@NullMarked
package io.overt.inventory.postgres;

import org.jspecify.annotations.NullMarked;
