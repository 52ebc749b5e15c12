package io.overt.libvirt;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls and C values. All of it runs on a platform thread of {@link Calls} or on the event loop:
 * the last error belongs to the thread that made the call.
 */
final class Native {
  static final MemorySegment NULL = MemorySegment.NULL;
  static final AddressLayout POINTER = ValueLayout.ADDRESS;
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private Native() {}

  /** The result as it is, for functions whose result is not a success indicator. */
  static int number(Function function, Object... arguments) {
    try {
      return (int) function.handle().invoke(arguments);
    } catch (Throwable problem) {
      throw unexpected(function, problem);
    }
  }

  /** A result below zero is an error. */
  static int check(Function function, Object... arguments) {
    int result = number(function, arguments);
    if (result < 0) {
      throw lastError(function);
    }
    return result;
  }

  /** A null result is an error. */
  static MemorySegment pointer(Function function, Object... arguments) {
    MemorySegment result = pointerOrNull(function, arguments);
    if (result.address() == 0) {
      throw lastError(function);
    }
    return result;
  }

  static MemorySegment pointerOrNull(Function function, Object... arguments) {
    try {
      return (MemorySegment) function.handle().invoke(arguments);
    } catch (Throwable problem) {
      throw unexpected(function, problem);
    }
  }

  static void run(Function function, Object... arguments) {
    try {
      function.handle().invoke(arguments);
    } catch (Throwable problem) {
      throw unexpected(function, problem);
    }
  }

  /** A string that the function allocated for us. */
  static String ownedText(Function function, Object... arguments) {
    MemorySegment result = pointer(function, arguments);
    try {
      return text(result);
    } finally {
      run(Function.FREE, result);
    }
  }

  static String text(MemorySegment pointer) {
    return optionalText(pointer)
        .orElseThrow(
            () -> new LibvirtException(ErrorCode.INTERNAL_ERROR, 0, "libvirt gave no text"));
  }

  static Optional<String> optionalText(MemorySegment pointer) {
    if (pointer.address() == 0) {
      return Optional.empty();
    }
    return Optional.of(pointer.reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.UTF_8));
  }

  /** The text of a {@code const char *}, empty when it is NULL. */
  static String textOrEmpty(MemorySegment pointer) {
    return optionalText(pointer).orElse("");
  }

  static MemorySegment text(Arena arena, @Nullable String value) {
    return value == null ? NULL : arena.allocateFrom(value, StandardCharsets.UTF_8);
  }

  /** An array of pointers to strings, without a terminator. */
  static MemorySegment texts(Arena arena, java.util.List<String> values) {
    if (values.isEmpty()) {
      return NULL;
    }
    MemorySegment array = arena.allocate(POINTER, values.size());
    for (int index = 0; index < values.size(); index++) {
      array.setAtIndex(POINTER, index, text(arena, values.get(index)));
    }
    return array;
  }

  static LibvirtException lastError(Function function) {
    MemorySegment error = pointerOrNull(Function.GET_LAST_ERROR);
    if (error.address() == 0) {
      return new LibvirtException(
          ErrorCode.INTERNAL_ERROR, 0, function.symbol() + " failed and gave no reason");
    }
    // virError: int code, int domain, char *message, ...
    MemorySegment fields = error.reinterpret(16);
    return LibvirtException.reported(
        fields.get(INT, 0), fields.get(INT, 4), textOrEmpty(fields.get(POINTER, 8)));
  }

  private static RuntimeException unexpected(Function function, Throwable problem) {
    if (problem instanceof RuntimeException runtime) {
      return runtime;
    }
    if (problem instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(function.symbol() + " could not be called", problem);
  }
}
