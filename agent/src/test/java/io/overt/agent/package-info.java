/** Tests of the agent as the engine sees it. */
@NullMarked
package io.overt.agent;

import org.jspecify.annotations.NullMarked;
