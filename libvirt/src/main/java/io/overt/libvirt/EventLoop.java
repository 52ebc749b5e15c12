package io.overt.libvirt;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libvirt's event loop: one thread for the process, started with the first connection and never
 * ended. Upcalls from native code happen on it; they copy values out and leave.
 */
final class EventLoop {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
  private static final int WAKE_UP_MILLISECONDS = 2000;

  private EventLoop() {}

  /** Loads libvirt and starts the loop, once. */
  static void ensureRunning() {
    if (!Running.STARTED) {
      throw new IllegalStateException("libvirt's event loop does not run");
    }
  }

  private static final class Running {
    static final boolean STARTED = start();

    private static boolean start() {
      // Without an error function of our own libvirt prints every error to stderr.
      Native.run(
          Function.SET_ERROR_FUNC,
          Native.NULL,
          upcall("ignoreError", FunctionDescriptor.ofVoid(Native.POINTER, Native.POINTER)));
      Native.check(Function.INITIALIZE);
      Native.check(Function.EVENT_REGISTER_DEFAULT_IMPL);
      // The loop sleeps until something happens. A timer makes sure that something does.
      Native.check(
          Function.EVENT_ADD_TIMEOUT,
          WAKE_UP_MILLISECONDS,
          upcall("wakeUp", FunctionDescriptor.ofVoid(Native.INT, Native.POINTER)),
          Native.NULL,
          Native.NULL);
      Thread.ofPlatform().daemon().name("libvirt-events").start(EventLoop::loop);
      return true;
    }
  }

  private static void loop() {
    while (true) {
      try {
        if (Native.number(Function.EVENT_RUN_DEFAULT_IMPL) < 0) {
          LOG.warn(
              "libvirt's event loop failed: {}",
              Native.lastError(Function.EVENT_RUN_DEFAULT_IMPL).getMessage());
          Thread.sleep(100);
        }
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException problem) {
        LOG.error("libvirt's event loop", problem);
      }
    }
  }

  private static MemorySegment upcall(String method, FunctionDescriptor descriptor) {
    return upcall(MethodHandles.lookup(), EventLoop.class, method, descriptor);
  }

  /** A function pointer to a static method, for the life of the process. */
  static MemorySegment upcall(
      MethodHandles.Lookup lookup, Class<?> owner, String method, FunctionDescriptor descriptor) {
    try {
      MethodType type = descriptor.toMethodType();
      return Linker.nativeLinker()
          .upcallStub(lookup.findStatic(owner, method, type), descriptor, Arena.global());
    } catch (ReflectiveOperationException missing) {
      throw new LinkageError(owner + "." + method + descriptor.toMethodType(), missing);
    }
  }

  @SuppressWarnings("unused") // called by libvirt
  private static void ignoreError(MemorySegment opaque, MemorySegment error) {}

  @SuppressWarnings("unused") // called by libvirt
  private static void wakeUp(int timer, MemorySegment opaque) {}
}
