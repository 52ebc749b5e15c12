package io.overt.libvirt;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions that libvirt calls for its events. There is one for each kind in the process; which
 * connection is meant comes as the opaque value, a number and not a pointer, so that an event that
 * arrives after the end of its connection finds nobody and does no harm. Nothing may be thrown into
 * native code: the JVM would end.
 */
final class Upcalls {
  /** Who takes the events of a connection; both methods must return at once. */
  interface Receiver {
    void event(DomainEvent event);

    void closed(CloseReason reason);
  }

  /** An event number of libvirt and the function for it. */
  record Kind(int number, MemorySegment function) {}

  private static final Logger LOG = LoggerFactory.getLogger(Upcalls.class);
  private static final Map<Long, Receiver> RECEIVERS = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong(1);

  private static final MemoryLayout P = Native.POINTER;
  private static final MemoryLayout I = Native.INT;
  private static final MemoryLayout J = Native.LONG;

  static final List<Kind> KINDS =
      List.of(
          kind(0, "lifecycle", P, P, I, I, P),
          kind(1, "rebooted", P, P, P),
          kind(2, "clockChanged", P, P, J, P),
          kind(3, "watchdog", P, P, I, P),
          kind(5, "graphics", P, P, I, P, P, P, P, P),
          kind(6, "ioError", P, P, P, P, I, P, P),
          kind(10, "trayChanged", P, P, P, I, P),
          kind(13, "balloonChanged", P, P, J, P),
          kind(15, "deviceRemoved", P, P, P, P),
          kind(16, "blockJob", P, P, P, I, I, P),
          kind(18, "agentLifecycle", P, P, I, I, P),
          kind(19, "deviceAdded", P, P, P, P),
          kind(20, "migrationIteration", P, P, I, P),
          kind(21, "jobCompleted", P, P, P, I, P),
          kind(22, "deviceRemovalFailed", P, P, P, P),
          kind(24, "blockThreshold", P, P, P, P, J, J, P));

  static final MemorySegment CLOSED = function("closed", P, I, P);

  private Upcalls() {}

  static long register(Receiver receiver) {
    long id = NEXT.getAndIncrement();
    RECEIVERS.put(id, receiver);
    return id;
  }

  static void unregister(long id) {
    RECEIVERS.remove(id);
  }

  private static Kind kind(int number, String method, MemoryLayout... arguments) {
    return new Kind(number, function(method, arguments));
  }

  private static MemorySegment function(String method, MemoryLayout... arguments) {
    return EventLoop.upcall(
        MethodHandles.lookup(), Upcalls.class, method, FunctionDescriptor.ofVoid(arguments));
  }

  private static void deliver(MemorySegment opaque, Supplier<DomainEvent> event) {
    try {
      Receiver receiver = RECEIVERS.get(opaque.address());
      if (receiver != null) {
        receiver.event(event.get());
      }
    } catch (Throwable problem) {
      complain(problem);
    }
  }

  private static void complain(Throwable problem) {
    try {
      LOG.error("An event of libvirt is lost", problem);
    } catch (Throwable ignored) {
      // Nothing is left to try, and nothing may leave an upcall.
    }
  }

  /** Local calls only: none of these asks libvirtd. */
  private static DomainEvent.Subject subject(MemorySegment domain) {
    try (Arena arena = Arena.ofConfined()) {
      return new DomainEvent.Subject(
          uuid(arena, domain),
          Native.text(Native.pointer(Function.DOMAIN_GET_NAME, domain)),
          Native.number(Function.DOMAIN_GET_ID, domain));
    }
  }

  static UUID uuid(Arena arena, MemorySegment domain) {
    MemorySegment text = arena.allocate(37);
    Native.check(Function.DOMAIN_GET_UUID, domain, text);
    return UUID.fromString(text.getString(0));
  }

  private static <E> E constant(E[] all, int number, E otherwise) {
    return number >= 0 && number < all.length ? all[number] : otherwise;
  }

  // Called by libvirt. The first argument is the connection, the last our number of it.

  static void closed(MemorySegment connection, int reason, MemorySegment opaque) {
    try {
      Receiver receiver = RECEIVERS.get(opaque.address());
      if (receiver != null) {
        receiver.closed(CloseReason.of(reason));
      }
    } catch (Throwable problem) {
      complain(problem);
    }
  }

  static void lifecycle(
      MemorySegment connection, MemorySegment domain, int kind, int detail, MemorySegment opaque) {
    deliver(
        opaque, () -> new DomainEvent.Lifecycle(subject(domain), LifecycleDetail.of(kind, detail)));
  }

  static void rebooted(MemorySegment connection, MemorySegment domain, MemorySegment opaque) {
    deliver(opaque, () -> new DomainEvent.Rebooted(subject(domain)));
  }

  static void clockChanged(
      MemorySegment connection, MemorySegment domain, long offset, MemorySegment opaque) {
    deliver(opaque, () -> new DomainEvent.ClockChanged(subject(domain), offset));
  }

  static void watchdog(
      MemorySegment connection, MemorySegment domain, int action, MemorySegment opaque) {
    deliver(opaque, () -> new DomainEvent.Watchdog(subject(domain), action));
  }

  static void graphics(
      MemorySegment connection,
      MemorySegment domain,
      int phase,
      MemorySegment local,
      MemorySegment remote,
      MemorySegment authentication,
      MemorySegment identities,
      MemorySegment opaque) {
    deliver(
        opaque,
        () ->
            new DomainEvent.Graphics(
                subject(domain),
                constant(
                    DomainEvent.GraphicsPhase.values(),
                    phase,
                    DomainEvent.GraphicsPhase.DISCONNECT),
                address(local),
                address(remote),
                Native.textOrEmpty(authentication),
                identities(identities)));
  }

  /** {int family; char *node; char *service}. */
  private static DomainEvent.GraphicsAddress address(MemorySegment pointer) {
    if (pointer.address() == 0) {
      return new DomainEvent.GraphicsAddress(-1, "", "");
    }
    MemorySegment fields = pointer.reinterpret(24);
    return new DomainEvent.GraphicsAddress(
        fields.get(Native.INT, 0),
        Native.textOrEmpty(fields.get(Native.POINTER, 8)),
        Native.textOrEmpty(fields.get(Native.POINTER, 16)));
  }

  /** {int count; struct {char *type; char *name} *identities}. */
  private static List<DomainEvent.GraphicsIdentity> identities(MemorySegment pointer) {
    List<DomainEvent.GraphicsIdentity> identities = new ArrayList<>();
    if (pointer.address() != 0) {
      MemorySegment fields = pointer.reinterpret(16);
      int count = fields.get(Native.INT, 0);
      MemorySegment array = fields.get(Native.POINTER, 8).reinterpret(count * 16L);
      for (int index = 0; index < count; index++) {
        identities.add(
            new DomainEvent.GraphicsIdentity(
                Native.textOrEmpty(array.get(Native.POINTER, index * 16L)),
                Native.textOrEmpty(array.get(Native.POINTER, index * 16L + 8))));
      }
    }
    return identities;
  }

  static void ioError(
      MemorySegment connection,
      MemorySegment domain,
      MemorySegment source,
      MemorySegment alias,
      int action,
      MemorySegment reason,
      MemorySegment opaque) {
    deliver(
        opaque,
        () ->
            new DomainEvent.IoError(
                subject(domain),
                Native.textOrEmpty(source),
                Native.textOrEmpty(alias),
                constant(
                    DomainEvent.IoErrorAction.values(), action, DomainEvent.IoErrorAction.NONE),
                Native.textOrEmpty(reason)));
  }

  static void trayChanged(
      MemorySegment connection,
      MemorySegment domain,
      MemorySegment alias,
      int reason,
      MemorySegment opaque) {
    deliver(
        opaque,
        () -> new DomainEvent.TrayChanged(subject(domain), Native.textOrEmpty(alias), reason == 0));
  }

  static void balloonChanged(
      MemorySegment connection, MemorySegment domain, long actual, MemorySegment opaque) {
    deliver(opaque, () -> new DomainEvent.BalloonChanged(subject(domain), actual));
  }

  static void deviceAdded(
      MemorySegment connection, MemorySegment domain, MemorySegment alias, MemorySegment opaque) {
    deliver(opaque, () -> new DomainEvent.DeviceAdded(subject(domain), Native.textOrEmpty(alias)));
  }

  static void deviceRemoved(
      MemorySegment connection, MemorySegment domain, MemorySegment alias, MemorySegment opaque) {
    deliver(
        opaque, () -> new DomainEvent.DeviceRemoved(subject(domain), Native.textOrEmpty(alias)));
  }

  static void deviceRemovalFailed(
      MemorySegment connection, MemorySegment domain, MemorySegment alias, MemorySegment opaque) {
    deliver(
        opaque,
        () -> new DomainEvent.DeviceRemovalFailed(subject(domain), Native.textOrEmpty(alias)));
  }

  static void blockJob(
      MemorySegment connection,
      MemorySegment domain,
      MemorySegment disk,
      int type,
      int status,
      MemorySegment opaque) {
    deliver(
        opaque,
        () ->
            new DomainEvent.BlockJob(
                subject(domain),
                Native.textOrEmpty(disk),
                blockJobType(type),
                constant(
                    DomainEvent.BlockJobStatus.values(),
                    status,
                    DomainEvent.BlockJobStatus.FAILED)));
  }

  static DomainEvent.BlockJobType blockJobType(int type) {
    return constant(DomainEvent.BlockJobType.values(), type, DomainEvent.BlockJobType.UNKNOWN);
  }

  static void agentLifecycle(
      MemorySegment connection, MemorySegment domain, int state, int reason, MemorySegment opaque) {
    deliver(opaque, () -> new DomainEvent.AgentLifecycle(subject(domain), state == 1));
  }

  static void migrationIteration(
      MemorySegment connection, MemorySegment domain, int iteration, MemorySegment opaque) {
    deliver(opaque, () -> new DomainEvent.MigrationIteration(subject(domain), iteration));
  }

  static void jobCompleted(
      MemorySegment connection,
      MemorySegment domain,
      MemorySegment parameters,
      int count,
      MemorySegment opaque) {
    deliver(
        opaque,
        () ->
            new DomainEvent.JobCompleted(subject(domain), TypedParameters.read(parameters, count)));
  }

  static void blockThreshold(
      MemorySegment connection,
      MemorySegment domain,
      MemorySegment device,
      MemorySegment path,
      long threshold,
      long excess,
      MemorySegment opaque) {
    deliver(
        opaque,
        () ->
            new DomainEvent.BlockThreshold(
                subject(domain),
                Native.textOrEmpty(device),
                Native.textOrEmpty(path),
                threshold,
                excess));
  }
}
