/**
 * The verbs that the engine calls, with VDSM's names, parameters, unwrapped results and error
 * codes. A verb only translates: what it does lives in {@code vms}, {@code storage} and {@code
 * node}.
 *
 * <p>Starting points: {@link io.overt.agent.verbs.Verbs}, {@link io.overt.agent.verbs.VmVerbs}.
 */
@NullMarked
package io.overt.agent.verbs;

import org.jspecify.annotations.NullMarked;
