/**
 * The commands, what they are given, and how one after the other is run.
 *
 * <p>Starting points: {@link io.overt.shell.command.Commands}, {@link
 * io.overt.shell.command.Interpreter}, {@link io.overt.shell.command.Arguments}.
 */
@NullMarked
package io.overt.shell.command;

import org.jspecify.annotations.NullMarked;
