/**
 * The launcher's commands: each talks to a running engine or starts and stops the processes that
 * make one installation.
 *
 * <p>Starting points: {@link io.overt.dist.Overt}, {@link io.overt.dist.Startup}, {@link
 * io.overt.dist.Demo}.
 */
@NullMarked
package io.overt.dist;

import org.jspecify.annotations.NullMarked;
