package io.overt.engine;

import io.overt.events.notifier.Peers;
import io.overt.fleet.Membership;
import io.overt.operations.Nodes;
import java.util.Set;

/** What the fleet and the notifier see of the engine nodes. */
record NodeMembership(Nodes nodes) implements Membership, Peers {
  @Override
  public String id() {
    return nodes.self().id();
  }

  @Override
  public long epoch() {
    return nodes.self().epoch();
  }

  @Override
  public boolean holds() {
    return nodes.holds();
  }

  @Override
  public Set<String> alive() {
    return nodes.alive();
  }

  /** Whether it is this node that does what one of all has to do: the first by id. */
  boolean leads() {
    return holds() && alive().stream().noneMatch(other -> other.compareTo(id()) < 0);
  }
}
