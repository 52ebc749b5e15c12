/** Programs of the host that the agent runs: {@link io.overt.agent.programs.Program}. */
@NullMarked
package io.overt.agent.programs;

import org.jspecify.annotations.NullMarked;
