/**
 * Jobs: work that a client names itself and asks after, such as a snapshot or a merge. They do not
 * survive a restart of the agent; who started one looks at the outcome then, and starts it again.
 *
 * <p>Starting points: {@link io.overt.agent.jobs.Jobs}.
 */
@NullMarked
package io.overt.agent.jobs;

import org.jspecify.annotations.NullMarked;
