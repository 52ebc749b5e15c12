/** Tests of {@code io.overt.engine.vms} on a real database. */
@NullMarked
package io.overt.engine.vms;

import org.jspecify.annotations.NullMarked;
