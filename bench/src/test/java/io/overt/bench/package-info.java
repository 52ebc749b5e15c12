/** Tests of what the benchmarks measure with. */
@NullMarked
package io.overt.bench;

import org.jspecify.annotations.NullMarked;
