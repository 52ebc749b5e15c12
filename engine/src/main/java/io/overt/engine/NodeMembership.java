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
}
