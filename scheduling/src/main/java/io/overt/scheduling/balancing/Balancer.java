package io.overt.scheduling.balancing;

import java.util.List;

/** Says which machine should move. Has no state of its own. */
public interface Balancer {

  /** The moves that would help, the most pressing first: the first that can be started is made. */
  List<Proposal> propose(Round round);
}
