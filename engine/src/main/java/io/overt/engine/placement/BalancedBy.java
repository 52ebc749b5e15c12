package io.overt.engine.placement;

/** What evens out the clusters of a policy from time to time. */
public enum BalancedBy {
  /** The policy's load balancing unit. */
  RULES,

  /** A plan for the processors and the memory of the whole cluster. */
  PLANNER
}
