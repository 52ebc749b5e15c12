package io.overt.agent.simulated;

import java.time.Duration;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;

/** What goes wrong on a simulated hypervisor, decided by whoever uses it. Thread-safe. */
public final class Faults {

  private final Map<Operation, Deque<Fault>> faults = new EnumMap<>(Operation.class);
  private final Set<UUID> stubborn = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Keeping> keeping = new ConcurrentHashMap<>();

  public Faults() {
    for (Operation operation : Operation.values()) {
      faults.put(operation, new ConcurrentLinkedDeque<>());
    }
  }

  /** What can go wrong. */
  public enum Operation {
    FACTS,
    NODE_STATISTICS,
    LIST,
    CREATE,
    DESTROY,
    SHUTDOWN,
    REBOOT,
    RESET,
    SUSPEND,
    RESUME,
    SAVE,
    RESTORE,
    BLOCKS,
    PIVOT,
    XML,
    STATISTICS,
    METADATA,
    /** A move that leaves: it fails on half of its way. */
    MIGRATE,
    /** The hosts lose each other after the guest went over with a part of its memory only. */
    POST_COPY,
    UPDATE_DEVICE,
    ATTACH_DEVICE,
    DETACH_DEVICE,
    SET_PROCESSORS,
    SET_BALLOON,
    GUEST,
    SCREENSHOT,
    SERIAL
  }

  /** The operation fails, for these domains, this many times. */
  public void fail(Operation operation, String message, int times, Predicate<UUID> domains) {
    queue(operation).add(new Fault(message, Duration.ZERO, domains, times));
  }

  /** The next operation fails. */
  public void failNext(Operation operation, String message) {
    fail(operation, message, 1, domain -> true);
  }

  /**
   * The operation takes this long, this many times. Beyond the hypervisor's own deadline the caller
   * gets a timeout, and the operation still takes effect when its time has come.
   */
  public void hang(Operation operation, Duration time, int times) {
    queue(operation).add(new Fault("", time, domain -> true, times));
  }

  /** The guest ignores its power button. */
  public void ignorePowerButton(UUID domain) {
    stubborn.add(domain);
  }

  /** The guest gives no device up: it refuses, or never answers. */
  public void keepDevices(UUID domain, Keeping how) {
    keeping.put(domain, how);
  }

  /** How a guest keeps its devices. */
  public enum Keeping {
    REFUSING,
    SILENT
  }

  Optional<Keeping> keeping(UUID domain) {
    return Optional.ofNullable(keeping.get(domain));
  }

  /** Everything works again. */
  public void clear() {
    faults.values().forEach(Deque::clear);
    stubborn.clear();
    keeping.clear();
  }

  boolean ignoresPowerButton(UUID domain) {
    return stubborn.contains(domain);
  }

  /** The fault that strikes this call, used up by it. */
  Optional<Fault> strike(Operation operation, UUID domain) {
    Deque<Fault> queue = queue(operation);
    synchronized (queue) {
      for (Iterator<Fault> each = queue.iterator(); each.hasNext(); ) {
        Fault fault = each.next();
        if (fault.domains.test(domain)) {
          if (--fault.left <= 0) {
            each.remove();
          }
          return Optional.of(fault);
        }
      }
    }
    return Optional.empty();
  }

  private Deque<Fault> queue(Operation operation) {
    Deque<Fault> queue = faults.get(operation);
    if (queue == null) {
      throw new IllegalStateException("No queue for " + operation);
    }
    return queue;
  }

  static final class Fault {
    static final Fault NONE = new Fault("", Duration.ZERO, domain -> true, 0);

    private final String message;
    private final Duration delay;
    private final Predicate<UUID> domains;
    private int left;

    Fault(String message, Duration delay, Predicate<UUID> domains, int times) {
      this.message = message;
      this.delay = delay;
      this.domains = domains;
      this.left = times;
    }

    /** Empty for a call that only takes long. */
    String message() {
      return message;
    }

    Duration delay() {
      return delay;
    }
  }
}
