/**
 * The errors that verbs answer with.
 *
 * <p>Starting points: {@link io.overt.agent.errors.VdsmError}, {@link
 * io.overt.agent.errors.ErrorCode}.
 */
@NullMarked
package io.overt.agent.errors;

import org.jspecify.annotations.NullMarked;
