package io.overt.libvirt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** A native object as the target of calls: on the right threads, with a deadline, kept in use. */
record Target(Handle handle, String name, Duration deadline) {
  /** Migrations and saves of large guests take long; whoever waits less aborts the job. */
  private static final Duration LONG_DEADLINE = Duration.ofHours(12);

  interface Body<T> {
    T call(Arena arena, MemorySegment object);
  }

  interface VoidBody {
    void call(Arena arena, MemorySegment object);
  }

  <T> T get(String what, Body<T> body) {
    return run(Calls.SHORT, deadline, what, body);
  }

  void run(String what, VoidBody body) {
    get(what, done(body));
  }

  <T> T getLong(String what, Body<T> body) {
    return run(Calls.LONG, LONG_DEADLINE, what, body);
  }

  void runLong(String what, VoidBody body) {
    getLong(what, done(body));
  }

  private static Body<Boolean> done(VoidBody body) {
    return (arena, object) -> {
      body.call(arena, object);
      return true;
    };
  }

  private <T> T run(Calls calls, Duration limit, String what, Body<T> body) {
    String where = what + " of " + name;
    return calls.run(
        limit,
        where,
        arena -> {
          MemorySegment object = handle.enter();
          try {
            return body.call(arena, object);
          } finally {
            handle.exit();
          }
        });
  }
}
