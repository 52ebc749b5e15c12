/**
 * Durable operations: what remains to be done after a request's transaction, as jobs and steps that
 * users see under {@code /jobs}.
 *
 * <p>The stored job is the state machine itself: which step comes next, what earlier steps found
 * out, which engine node works on it. Every step is idempotent; after a crash the node that
 * restarts, or another one, takes the job over and goes on, or undoes what was done.
 *
 * <p>The job's version is its fencing token: taking a job over changes it, so a node that lost a
 * job without noticing cannot write its progress any more.
 *
 * <p>Starting points: {@link io.overt.operations.Operations}, {@link
 * io.overt.operations.Operation}, {@link io.overt.operations.StepOutcome}.
 */
@NullMarked
package io.overt.operations;

import org.jspecify.annotations.NullMarked;
