package io.overt.libvirt;

/**
 * Hears of everything that happens at a connection, in order, on one thread of the connection. It
 * may call libvirt. While it is busy, further events queue up.
 */
public interface ConnectionListener {
  void event(DomainEvent event);

  /** The connection ended by itself; nothing comes after it. The guests are not touched by that. */
  void closed(CloseReason reason);
}
