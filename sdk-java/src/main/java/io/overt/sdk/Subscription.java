package io.overt.sdk;

/** Listening to events, until it is closed. */
public interface Subscription extends AutoCloseable {
  /** The index of the last event that was delivered, to go on after it another time. */
  long lastIndex();

  /** Whether events arrive as they happen; if not, the engine is asked again and again. */
  boolean streaming();

  @Override
  void close();
}
