/**
 * The Linux machine that a real agent runs on, as the kernel describes it.
 *
 * <p>Starting points: {@link io.overt.agent.node.LinuxNode}.
 */
@NullMarked
package io.overt.agent.node;

import org.jspecify.annotations.NullMarked;
