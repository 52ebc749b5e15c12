/**
 * Fixtures for the tests of this and other modules: real PostgreSQL, a fresh database for each
 * test.
 *
 * <p>Starting points: {@link io.overt.inventory.testing.TestDatabase}.
 */
@org.jspecify.annotations.NullMarked
package io.overt.inventory.testing;
