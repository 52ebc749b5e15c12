/**
 * What Overt costs, measured from outside on its own processes, beside figures of a recorded oVirt
 * engine: requests ({@code rest}), the engine's start ({@code start}), the start of a machine
 * ({@code vm}).
 *
 * <p>Starting points: {@link io.overt.bench.Bench}, {@link io.overt.bench.RestCommand}, {@link
 * io.overt.bench.RecordedEngine}.
 */
@NullMarked
package io.overt.bench;

import org.jspecify.annotations.NullMarked;
