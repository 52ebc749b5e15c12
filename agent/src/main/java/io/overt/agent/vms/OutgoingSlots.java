package io.overt.agent.vms;

import java.util.function.BooleanSupplier;

/** How many guests may leave at a time; the limit comes with each request. */
final class OutgoingSlots {

  private static final long LOOK_MILLIS = 200;

  private int taken;

  /** Waits for a free one; false when it is no longer wanted. */
  synchronized boolean take(int limit, BooleanSupplier unwanted) {
    while (taken >= Math.max(1, limit)) {
      if (unwanted.getAsBoolean()) {
        return false;
      }
      try {
        wait(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    taken++;
    return true;
  }

  synchronized void release() {
    taken--;
    notifyAll();
  }
}
