package io.overt.libvirt;

import java.lang.foreign.MemorySegment;

/**
 * A native object that we hold one reference to. It is released when it is closed and no call uses
 * it any more, so that closing a connection can not pull an object from under a running call.
 */
final class Handle implements Runnable {
  private final MemorySegment pointer;
  private final Function release;
  private final Runnable released;
  private int uses = 1;
  private boolean closed;

  Handle(MemorySegment pointer, Function release, Runnable released) {
    this.pointer = pointer;
    this.release = release;
    this.released = released;
  }

  /** Each successful enter needs one {@link #exit}. */
  synchronized MemorySegment enter() {
    if (closed) {
      throw new LibvirtException(ErrorCode.INVALID_CONN, 0, "the connection to libvirt is closed");
    }
    uses++;
    return pointer;
  }

  void exit() {
    synchronized (this) {
      uses--;
      if (uses > 0) {
        return;
      }
    }
    Native.number(release, pointer);
    released.run();
  }

  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    exit();
  }

  /** For a cleaner: whoever held the Java object has lost it. */
  @Override
  public void run() {
    close();
  }
}
