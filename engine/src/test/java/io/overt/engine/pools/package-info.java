/** Tests of {@code io.overt.engine.pools} on a real database. */
@NullMarked
package io.overt.engine.pools;

import org.jspecify.annotations.NullMarked;
