/**
 * Whom the shell talks to: options, the environment, profiles, logins and the engine of this
 * machine.
 *
 * <p>Starting points: {@link io.overt.shell.connect.Targets}, {@link
 * io.overt.shell.connect.Engine}.
 */
@NullMarked
package io.overt.shell.connect;

import org.jspecify.annotations.NullMarked;
