/**
 * The shell: one command of a command line, a script, or a terminal to type at.
 *
 * <p>Starting points: {@link io.overt.shell.ShellMain}, {@link io.overt.shell.Status}.
 */
@NullMarked
package io.overt.shell;

import org.jspecify.annotations.NullMarked;
