package io.overt.events.notifier;

import java.util.List;

/** Port: a way to tell recipients of events. Called by several threads, one for each queue. */
public interface Transport extends AutoCloseable {
  /** As filters name it. */
  String name();

  /**
   * Where what is for a recipient goes. Each target has a queue of its own, so that one that does
   * not answer holds up no other.
   *
   * @return names of targets; empty when this recipient cannot be reached as things are set
   */
  List<String> targets(String recipient);

  /** How many events to hand over at once, at most. */
  int batch();

  /**
   * Tells a target of events, in that order, as far as it goes. Blocks, for a limited time.
   *
   * @param due not empty
   */
  Progress deliver(String recipient, String target, List<Notice> due) throws InterruptedException;

  @Override
  void close();
}
