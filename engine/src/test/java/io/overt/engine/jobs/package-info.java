/** Tests of {@code io.overt.engine.jobs} on a real database. */
@NullMarked
package io.overt.engine.jobs;

import org.jspecify.annotations.NullMarked;
