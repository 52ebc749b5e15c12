package io.overt.vdsmrpc;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs verbs on virtual threads, a bounded number at once and a bounded number waiting, first come
 * first served.
 */
final class VerbThreads {
  private final Semaphore admitted;
  private final Semaphore running;
  private final int most;

  VerbThreads(RpcLimits limits) {
    most = limits.concurrentCalls() + limits.waitingCalls();
    admitted = new Semaphore(most);
    running = new Semaphore(limits.concurrentCalls(), true);
  }

  int most() {
    return most;
  }

  /** Starts a verb now or as soon as others end; false when too many wait already. */
  boolean start(String name, Runnable verb) {
    if (!admitted.tryAcquire()) {
      return false;
    }
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              // Those who wait have no deadline here: it is the caller's, and the number is
              // bounded.
              running.acquireUninterruptibly();
              try {
                verb.run();
              } finally {
                running.release();
                admitted.release();
              }
            });
    return true;
  }

  /** Admits no more and waits for those admitted; false when some still run at the deadline. */
  boolean drain(Duration deadline) {
    try {
      return admitted.tryAcquire(most, deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
