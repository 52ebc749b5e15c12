/** Tests of {@code io.overt.engine.templates} on a real database. */
@NullMarked
package io.overt.engine.templates;

import org.jspecify.annotations.NullMarked;
