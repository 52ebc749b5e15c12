package io.overt.events.notifier;

import io.overt.events.EventLog;
import io.overt.inventory.ChangeListener;
import io.overt.inventory.ChangeSet;
import io.overt.inventory.Inventory;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Subscription;
import io.overt.model.types.LogSeverity;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people and programs of events. While nothing is configured it does nothing; what it needs
 * is made when it is first needed.
 */
public final class Notifier implements AutoCloseable {
  /** What is told of when the database does not answer: no event of the log can say so. */
  static final String DATABASE_UNREACHABLE = "DATABASE_UNREACHABLE";

  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final Duration DRAIN = Duration.ofSeconds(3);
  private static final Duration TEST = Duration.ofSeconds(40);
  private static final String BOOTS = "snmp engine boots";

  private final Inventory inventory;
  private final EventLog events;
  private final Clock clock;
  private final ConfFiles files;
  private final Outbox outbox;
  private @Nullable Peers peers;
  private @Nullable Running running;
  private String trouble = "";

  private record Running(Plan plan, Router router, Courier courier, Subscription subscription) {
    void close() {
      subscription.close();
      courier.close();
      plan.close();
    }
  }

  /**
   * What became of a test.
   *
   * @param error why it did not arrive; empty when it was sent
   */
  public record Tested(String recipient, String target, String error) {}

  /** On a database that has the tables of {@code db/migration/events}. */
  public Notifier(Inventory inventory, EventLog events, Clock clock, ConfFiles files) {
    this.inventory = inventory;
    this.events = events;
    this.clock = clock;
    this.files = files;
    this.outbox = new Outbox(inventory.database().jdbi());
  }

  /**
   * Checks files without using them.
   *
   * @return warnings
   * @throws InvalidNotifierConfig when the notifier would not start with them
   */
  public static List<String> validate(ConfFiles files) {
    Plan plan = Plan.of(files.read(), () -> 0);
    plan.close();
    if (plan.transports().isEmpty()) {
      throw new InvalidNotifierConfig(nothing(files));
    }
    return plan.warnings();
  }

  /** Every value in force, without secrets. */
  public static List<Value> explain(ConfFiles files) {
    return files.read().shown();
  }

  private static String nothing(ConfFiles files) {
    return "no transport is configured in "
        + files.main()
        + ": set SNMP_MANAGERS, MAIL_SERVER, WEBHOOK_URL or SYSLOG_SERVER";
  }

  /** Begins to notify if anything is configured; settings that cannot be used are only logged. */
  public synchronized void open(Peers node) {
    peers = node;
    if (!files.present()) {
      trouble = nothing(files);
      return;
    }
    try {
      start(Plan.of(files.read(), this::boot), node);
    } catch (InvalidNotifierConfig e) {
      trouble = String.valueOf(e.getMessage());
      LOG.error("nobody is notified of events: {}", trouble);
    }
  }

  /**
   * Reads the settings again and goes on with them; settings without a transport end notifications.
   *
   * @return warnings
   * @throws InvalidNotifierConfig when they cannot be used: then everything stays as it was
   */
  public synchronized List<String> reload() {
    if (peers == null) {
      throw new IllegalStateException("the notifier is not started yet");
    }
    Plan plan = Plan.of(files.read(), this::boot);
    stop(Duration.ZERO);
    start(plan, peers);
    return running == null ? List.of(trouble) : plan.warnings();
  }

  private void start(Plan plan, Peers node) {
    if (plan.transports().isEmpty()) {
      trouble = nothing(files);
      inventory.accompany((connection, sets) -> {});
      return;
    }
    plan.warnings().forEach(warning -> LOG.warn("notifier: {}", warning));
    Router router = new Router(plan.filter(), plan.transports());
    Rounds rounds = new Rounds(inventory, events, outbox, plan.transports(), plan.patience());
    Courier courier =
        new Courier(outbox, node, rounds, router, plan.transports(), plan.patience(), clock);
    inventory.accompany(new Recorder(router));
    Subscription subscription = inventory.onChange(new Listener(router, courier));
    courier.open();
    running = new Running(plan, router, courier, subscription);
    trouble = "";
  }

  private record Listener(Router router, Courier courier) implements ChangeListener {
    @Override
    public void changed(ChangeSet changes) {
      if (changes.changes().stream().anyMatch(Recorder::isNewEvent)) {
        courier.tell();
      }
    }

    @Override
    public void resync(Snapshot snapshot) {
      router.forget();
      courier.tell();
    }
  }

  private int boot() {
    return Math.toIntExact(inventory.write(transaction -> transaction.nextNumber(BOOTS)));
  }

  /** Deliveries, the newest event's first; of all states for an empty one. */
  public List<Delivery> deliveries(String state, int limit) {
    return outbox.list(state, limit);
  }

  /**
   * Puts dead deliveries back into their queues.
   *
   * @param event its number, or 0 for all
   * @param transport empty for all
   * @param recipient null for all
   * @return how many
   */
  public synchronized int replay(long event, String transport, @Nullable String recipient) {
    int count = outbox.replay(event, transport, recipient);
    if (running != null) {
      running.courier().tell();
    }
    return count;
  }

  /** Numbers of the events that somebody is still to hear of. */
  public Set<Long> awaited() {
    return outbox.awaited();
  }

  /** Forgets deliveries that nobody will ask for any more. */
  public synchronized void sweep() {
    if (running != null && !running.plan().patience().remembered().isZero()) {
      outbox.prune(running.plan().patience().remembered());
    }
  }

  /**
   * Sends a test to everybody whom the filter or a subscription names.
   *
   * @throws InvalidNotifierConfig when the notifier does not run; the message says why
   */
  public List<Tested> test() {
    Running current = current();
    Notice notice =
        Notice.synthetic(
            "UNASSIGNED",
            LogSeverity.NORMAL,
            "A test of notifications, asked for by the administrator.",
            clock.instant());
    List<Tested> results = new ArrayList<>();
    ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Queue> queues = current.router().all(inventory.snapshot());
      List<Future<String>> answers = new ArrayList<>();
      for (Queue queue : queues) {
        answers.add(senders.submit(() -> test(current.plan(), queue, notice)));
      }
      long end = System.nanoTime() + TEST.toNanos();
      for (int number = 0; number < queues.size(); number++) {
        Queue queue = queues.get(number);
        results.add(
            new Tested(
                queue.recipient().toString(), queue.target(), await(answers.get(number), end)));
      }
    } finally {
      senders.shutdownNow();
    }
    return results;
  }

  private static String test(Plan plan, Queue queue, Notice notice) throws InterruptedException {
    Transport transport = plan.transports().get(queue.recipient().transport());
    if (transport == null) {
      return "there is no such transport";
    }
    Progress progress =
        transport.deliver(queue.recipient().name(), queue.target(), List.of(notice));
    String error = progress.error();
    if (error != null) {
      return error;
    }
    return progress.done() == 1 ? "" : "put off: this recipient has had many messages just now";
  }

  private static String await(Future<String> answer, long end) {
    try {
      return answer.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return "no answer within " + TEST.toSeconds() + " s";
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private synchronized Running current() {
    if (running == null) {
      throw new InvalidNotifierConfig(trouble.isEmpty() ? "the notifier is stopped" : trouble);
    }
    return running;
  }

  private synchronized void stop(Duration drain) {
    Running current = running;
    if (current != null) {
      if (drain.isPositive()) {
        current.courier().drain(drain);
      }
      running = null;
      current.close();
    }
  }

  /** Lets what is waiting leave if it can, and stops. */
  @Override
  public void close() {
    stop(DRAIN);
  }
}
