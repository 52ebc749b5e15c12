/**
 * Bad input over real sockets against a whole engine: each is a clear refusal, others are served
 * on, and no secret reaches the log.
 *
 * <p><b>Starting points:</b> {@link io.overt.acceptance.hostile.BadBodiesTest} for documents,
 * {@link io.overt.acceptance.hostile.BadRequestsTest} for HTTP itself.
 */
@NullMarked
package io.overt.acceptance.hostile;

import org.jspecify.annotations.NullMarked;
