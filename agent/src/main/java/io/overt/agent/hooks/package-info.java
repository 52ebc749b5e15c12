/**
 * Administrators' scripts around what the agent does, as VDSM runs them: a point has a directory,
 * its executables run in the order of their paths over one document in a file, and may edit it.
 * Scripts written for VDSM run unmodified. A point without scripts costs a look at its directories,
 * nothing else.
 *
 * <p>Starting points: {@link io.overt.agent.hooks.HookPoint} (the table), {@link
 * io.overt.agent.hooks.Hooks}.
 */
@NullMarked
package io.overt.agent.hooks;

import org.jspecify.annotations.NullMarked;
