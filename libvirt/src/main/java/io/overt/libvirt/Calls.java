package io.overt.libvirt;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The platform threads that call libvirt, shared by all connections. Calls that may last (a
 * migration, a save, a question to the guest agent) have their own threads, so that they never hold
 * up the short ones. Idle threads end.
 */
final class Calls {
  /** The body of a call; its arena's memory lives until it returns. */
  interface Body<T> {
    T call(Arena arena);
  }

  static final Calls SHORT = new Calls("libvirt-call-", 8);
  static final Calls LONG = new Calls("libvirt-long-call-", 64);

  private final ThreadPoolExecutor threads;

  private Calls(String prefix, int size) {
    ThreadFactory factory = Thread.ofPlatform().daemon().name(prefix, 1).factory();
    threads =
        new ThreadPoolExecutor(
            size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs the body on one of the threads and waits for it. After the deadline the caller goes on
   * with an OPERATION_TIMEOUT, while the native call, which cannot be broken off, runs to its end.
   */
  <T> T run(Duration deadline, String what, Body<T> body) {
    Future<T> answer =
        threads.submit(
            () -> {
              try (Arena arena = Arena.ofConfined()) {
                return body.call(arena);
              }
            });
    try {
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw rethrown(what, failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException late) {
      LibvirtException problem =
          new LibvirtException(
              ErrorCode.OPERATION_TIMEOUT,
              0,
              "no answer from libvirt within " + deadline.toSeconds() + " s");
      problem.initCause(late);
      throw problem.during(what);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      LibvirtException problem =
          new LibvirtException(
              ErrorCode.OPERATION_ABORTED, 0, "interrupted while waiting for libvirt");
      problem.initCause(interrupted);
      throw problem.during(what);
    }
  }

  /** The caller's own stack is what a reader of the log looks for. */
  private static RuntimeException rethrown(String what, Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof LibvirtException problem) {
      problem.during(what).setStackTrace(new Throwable().getStackTrace());
    }
    return cause instanceof RuntimeException problem ? problem : new IllegalStateException(cause);
  }
}
