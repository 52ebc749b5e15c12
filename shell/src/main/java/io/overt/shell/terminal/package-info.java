/**
 * The shell at a terminal. Only this package needs JLine, and only who types loads it.
 *
 * <p>Starting point: {@link io.overt.shell.terminal.Terminal}.
 */
@NullMarked
package io.overt.shell.terminal;

import org.jspecify.annotations.NullMarked;
