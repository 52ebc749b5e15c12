package io.overt.acceptance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Repeats a test with fresh guests when the emulator has broken one. QEMU before 9.0 misses what an
 * emulated processor, unlike a real one, writes to its memory in the last moment of a migration
 * ("Fix migration dirty bitmap coherency with TCG memory access"): one guest in some dozens then
 * spins in its kernel, on the right host and with all of the hosts' work well done.
 */
final class AgainAfterEmulation implements InvocationInterceptor {
  private static final int ATTEMPTS = 3;

  /** Whose guests can be made anew. */
  interface Renewable {
    void renew();
  }

  /** A guest that runs as its host should have it, and does nothing. */
  static final class Broken extends AssertionError {
    private static final long serialVersionUID = 1;

    Broken(String message) {
      super(message);
    }
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Object test = method.getTarget().orElseThrow();
    for (int attempt = 1; ; attempt++) {
      try {
        if (attempt == 1) {
          invocation.proceed();
        } else {
          again(method, test);
        }
        return;
      } catch (Broken broken) {
        if (attempt == ATTEMPTS) {
          throw broken;
        }
        System.err.println("Once more with fresh guests: " + broken.getMessage());
        ((Renewable) test).renew();
      }
    }
  }

  private static void again(ReflectiveInvocationContext<Method> method, Object test)
      throws Throwable {
    try {
      method.getExecutable().setAccessible(true);
      method.getExecutable().invoke(test);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
