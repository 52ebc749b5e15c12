package io.overt.engine.placement;

import io.overt.scheduling.Policy;
import io.overt.scheduling.state.ClusterState;

/**
 * A cluster as it was a moment ago, for questions that take long.
 *
 * @param state a copy that belongs to whoever asked for it
 */
public record ClusterView(ClusterState state, Policy policy) {}
