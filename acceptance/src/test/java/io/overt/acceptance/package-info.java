/**
 * Tests of the whole system: one real engine with its PostgreSQL, simulated hosts that run the real
 * agent, and clients that nobody here wrote.
 *
 * <p>Starting points: {@link io.overt.acceptance.EngineFixture} is what the tests run against,
 * {@link io.overt.acceptance.ArchitectureTest} holds the arrows between the modules.
 */
@NullMarked
package io.overt.acceptance;

import org.jspecify.annotations.NullMarked;
