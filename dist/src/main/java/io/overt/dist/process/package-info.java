/**
 * Processes that outlive the launcher: how they are started, found again, watched and stopped.
 *
 * <p>Starting points: {@link io.overt.dist.process.Daemon}, {@link
 * io.overt.dist.process.DaemonMain}.
 */
@NullMarked
package io.overt.dist.process;

import org.jspecify.annotations.NullMarked;
