package io.overt.inventory;

/** A listener's registration; closing it ends the calls. */
public interface Subscription extends AutoCloseable {
  /** The inventory when the subscription began: the first change is the one after it. */
  Snapshot start();

  @Override
  void close();
}
