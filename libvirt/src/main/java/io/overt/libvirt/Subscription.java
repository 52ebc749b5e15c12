package io.overt.libvirt;

/** Ends a listening. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
