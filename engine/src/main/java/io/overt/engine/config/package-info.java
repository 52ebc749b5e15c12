/**
 * What can be set on an engine and where each value came from, the local channel through which the
 * launcher speaks to a running engine, and the count of what the engine implements.
 *
 * <p>Starting points: {@link io.overt.engine.config.EngineConfig}, {@link
 * io.overt.engine.config.ConfigLoader}, {@link io.overt.engine.config.AdminChannel}, {@link
 * io.overt.engine.config.Coverage}.
 */
@NullMarked
package io.overt.engine.config;

import org.jspecify.annotations.NullMarked;
