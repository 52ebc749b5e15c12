package io.overt.fleet;

import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.InventoryException;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.StaleEntity;
import io.overt.inventory.Transaction;
import io.overt.model.types.Host;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which engine node watches which host: one at a time, named with its epoch in the host's private
 * attributes, for as long as that node's own lease holds. Whatever a watcher writes is committed
 * only if the host is still its own then, so one that was taken for dead cannot disturb the next.
 */
final class HostLeases {
  private static final Logger LOG = LoggerFactory.getLogger(HostLeases.class);
  private static final String NODE = "watching_node";
  private static final String EPOCH = "watching_epoch";

  private final Inventory inventory;
  private final Membership membership;
  private final String epoch;

  HostLeases(Inventory inventory, Membership membership) {
    this.inventory = inventory;
    this.membership = membership;
    this.epoch = Long.toString(membership.epoch());
  }

  /** Whether this node watches the host, as far as it knows. */
  boolean held(String hostId) {
    return membership.holds() && mine(inventory.snapshot(), hostId);
  }

  /** Lets the transaction fail, or do nothing if known already, when the host is another's. */
  boolean fenced(Transaction transaction, String hostId) {
    if (!mine(transaction.snapshot(), hostId)) {
      return false;
    }
    transaction.require(
        "node " + membership.id() + " watches host " + hostId, newest -> mine(newest, hostId));
    return true;
  }

  private boolean mine(Snapshot snapshot, String hostId) {
    return snapshot.find(Kinds.HOST, hostId).filter(this::isOf).isPresent();
  }

  /** Whether that state of a host names this node as its watcher. */
  boolean isOf(Entity<?> host) {
    return membership.id().equals(host.internal(NODE)) && epoch.equals(host.internal(EPOCH));
  }

  /**
   * Takes the host if nobody watches it, an earlier life of this node did, or a node that is gone.
   *
   * @param alive the nodes at work; null when not asked yet
   * @return the nodes at work, if it was necessary to ask
   */
  @Nullable Set<String> takeIfFree(String hostId, @Nullable Set<String> alive) {
    Optional<Entity<Host>> found = inventory.snapshot().find(Kinds.HOST, hostId);
    if (found.isEmpty() || isOf(found.get()) || !membership.holds()) {
      return alive;
    }
    String watcher = found.get().internal(NODE);
    boolean others = watcher != null && !watcher.equals(membership.id());
    Set<String> nodes = others && alive == null ? membership.alive() : alive;
    if (!others || (nodes != null && !nodes.contains(watcher))) {
      take(found.get(), watcher);
    }
    return nodes;
  }

  /** As {@link #takeIfFree} without asking for the others: for a host that is new. */
  void takeIfNew(String hostId) {
    inventory
        .snapshot()
        .find(Kinds.HOST, hostId)
        .filter(host -> host.internal(NODE) == null && membership.holds())
        .ifPresent(host -> take(host, null));
  }

  private void take(Entity<Host> host, @Nullable String from) {
    try {
      inventory.change(
          transaction -> {
            Map<String, String> internals = new HashMap<>(host.internals());
            internals.put(NODE, membership.id());
            internals.put(EPOCH, epoch);
            transaction.update(host, host.value(), internals);
          });
      LOG.info(
          "node {} watches host {} now{}",
          membership.id(),
          host.value().name(),
          from == null ? "" : ", after node " + from);
    } catch (StaleEntity e) {
      LOG.debug("host {} changed at the same time; looking again later", host.id());
    } catch (InventoryException e) {
      LOG.warn("cannot take the watch of host {}: {}", host.id(), e.getMessage());
    }
  }
}
