package io.overt.events.notifier;

import io.overt.model.types.LogSeverity;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox on the one node that delivers. It sleeps until somebody tells it of new
 * events, a failed delivery is due again, or, in case that was missed, for a while. Each queue that
 * has something in it is worked on by a thread of its own, one event after another.
 */
final class Courier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /** How long another node may be left to deliver before this one asks again. */
  private static final Duration STANDBY = Duration.ofSeconds(5);

  /** Events that come close together are looked for once. */
  private static final Duration TOGETHER = Duration.ofMillis(20);

  private static final Duration GRACE = Duration.ofMillis(500);
  private static final Duration DATABASE_PAUSE = Duration.ofSeconds(2);

  private final Outbox outbox;
  private final Peers peers;
  private final Rounds rounds;
  private final Router router;
  private final Map<String, Transport> transports;
  private final Patience patience;
  private final Clock clock;
  private final Map<Queue, Thread> working = new ConcurrentHashMap<>();

  /** When a queue that waits is due, by {@link System#nanoTime}. */
  private final Map<Queue, Long> waiting = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final long opened = System.nanoTime();
  private boolean told;
  private volatile boolean closed;
  private boolean delivers;

  /** When the recipients were last told that the database does not answer. */
  private @Nullable Long alarmedAt;

  private @Nullable Thread thread;

  Courier(
      Outbox outbox,
      Peers peers,
      Rounds rounds,
      Router router,
      Map<String, Transport> transports,
      Patience patience,
      Clock clock) {
    this.outbox = outbox;
    this.peers = peers;
    this.rounds = rounds;
    this.router = router;
    this.transports = transports;
    this.patience = patience;
    this.clock = clock;
  }

  void open() {
    thread = Thread.ofVirtual().name("notifier").start(this::run);
  }

  /** Tells that there may be something to deliver. */
  void tell() {
    lock.lock();
    try {
      told = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean first = true;
    while (!closed) {
      Duration nap;
      try {
        delivers = outbox.claim(peers) && peers.holds();
        alarmedAt = null;
        if (!delivers) {
          // Whatever comes meanwhile, the other node has been told of it as well.
          pause(STANDBY);
          continue;
        }
        if (first) {
          giveUpOld();
          first = false;
        }
        look();
        nap = patience.poll();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (closed) {
          return;
        }
        complain(e);
        nap = DATABASE_PAUSE;
      }
      try {
        sleep(nap);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** What nobody could be told of while no notifier ran, and is no news any more. */
  private void giveUpOld() {
    for (Queue queue : outbox.queues()) {
      Duration up = Duration.ofNanos(System.nanoTime() - opened);
      rounds.giveUp(queue, patience.atStart().plus(up), "older than DAYS_TO_SEND_ON_STARTUP");
    }
  }

  /** Sets a thread to each queue that is due and has none. */
  private void look() {
    long now = System.nanoTime();
    for (Queue queue : outbox.queues()) {
      Long due = waiting.get(queue);
      if ((due == null || due - now <= 0) && !working.containsKey(queue)) {
        waiting.remove(queue);
        Thread worker = Thread.ofVirtual().name("notifier-" + queue).unstarted(() -> work(queue));
        working.put(queue, worker);
        worker.start();
      }
    }
  }

  private void work(Queue queue) {
    try {
      Duration wait = rounds.run(queue, () -> !closed && peers.holds());
      if (wait.isPositive()) {
        waiting.put(queue, System.nanoTime() + wait.toNanos());
      }
    } catch (InterruptedException e) {
      LOG.debug("delivery to {} was interrupted", queue);
    } catch (RuntimeException e) {
      LOG.warn("delivery to {} stopped: {}; it goes on later", queue, e.toString());
      waiting.put(queue, System.nanoTime() + DATABASE_PAUSE.toNanos());
    } finally {
      working.remove(queue);
      // Something may have come after the last look into the queue.
      tell();
    }
  }

  /** Until somebody tells, something is due, or the time is over. */
  private void sleep(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long end = System.nanoTime() + longest.toNanos();
      while (!told && !closed) {
        long due = end;
        for (long each : waiting.values()) {
          due = each - due < 0 ? each : due;
        }
        long left = due - System.nanoTime();
        if (left <= 0) {
          break;
        }
        changed.awaitNanos(left);
      }
      told = false;
    } finally {
      lock.unlock();
    }
    if (!closed) {
      TimeUnit.MILLISECONDS.sleep(TOGETHER.toMillis());
    }
  }

  private void pause(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = time.toNanos();
      while (left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The database does not answer: those hear of it whom the configuration alone names. */
  private void complain(RuntimeException failure) {
    LOG.warn("the outbox is out of reach: {}", failure.toString());
    long now = System.nanoTime();
    Long last = alarmedAt;
    Duration apart = patience.poll().multipliedBy(patience.threshold());
    // Other nodes see it as well; the one that delivered tells of it.
    if (!delivers || (last != null && now - last < apart.toNanos())) {
      return;
    }
    alarmedAt = now;
    Notice notice =
        Notice.synthetic(
            Notifier.DATABASE_UNREACHABLE,
            LogSeverity.ERROR,
            "The database does not answer: " + failure.getMessage(),
            clock.instant());
    for (Queue queue : router.route(notice.name(), notice.severity())) {
      Transport transport = transports.get(queue.recipient().transport());
      if (transport != null) {
        Thread.ofVirtual().name("notifier-alarm").start(() -> alarm(transport, queue, notice));
      }
    }
  }

  private static void alarm(Transport transport, Queue queue, Notice notice) {
    try {
      Progress progress =
          transport.deliver(queue.recipient().name(), queue.target(), List.of(notice));
      if (progress.done() == 0) {
        LOG.warn("{} was not told of the database: {}", queue, progress.error());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets what is in the outbox leave, for at most that long. */
  void drain(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    try {
      while (System.nanoTime() - end < 0 && peers.holds() && somethingDue()) {
        tell();
        TimeUnit.MILLISECONDS.sleep(TOGETHER.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.debug("the outbox is left as it is", e);
    }
  }

  private boolean somethingDue() {
    Set<Queue> late = waiting.keySet();
    return !working.isEmpty() || outbox.queues().stream().anyMatch(queue -> !late.contains(queue));
  }

  @Override
  public void close() {
    closed = true;
    tell();
    Collection<Thread> threads = new ArrayList<>(working.values());
    if (thread != null) {
      threads.add(thread);
    }
    try {
      // Who is at the database gets the time to come back: an interruption breaks its connection.
      long end = System.nanoTime() + GRACE.toNanos();
      for (Thread each : threads) {
        each.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
      threads.forEach(Thread::interrupt);
      for (Thread each : threads) {
        each.join(Duration.ofSeconds(2));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
