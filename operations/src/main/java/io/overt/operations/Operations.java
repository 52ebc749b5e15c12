package io.overt.operations;

import io.overt.inventory.Change;
import io.overt.inventory.ChangeListener;
import io.overt.inventory.ChangeSet;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.StaleEntity;
import io.overt.inventory.Transaction;
import io.overt.model.types.Job;
import io.overt.model.types.JobStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts jobs, runs those of this node and takes over those of nodes that are gone. */
public final class Operations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
  private final Inventory inventory;
  private final Nodes nodes;
  private final Map<String, Operation> catalogue;
  private final JobStore store;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Map<String, CompletableFuture<JobStatus>> awaited = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  public Operations(
      Inventory inventory,
      Nodes nodes,
      Collection<Operation> catalogue,
      Clock clock,
      Supplier<UUID> ids) {
    this.inventory = inventory;
    this.nodes = nodes;
    this.catalogue =
        catalogue.stream().collect(Collectors.toMap(Operation::name, Function.identity()));
    this.store = new JobStore(inventory, clock, ids);
  }

  /** Begins to run jobs: those left by an earlier life of this node first. */
  public void open() {
    inventory.onChange(
        new ChangeListener() {
          @Override
          public void changed(ChangeSet changes) {
            changes.changes().forEach(Operations.this::changed);
          }

          @Override
          public void resync(Snapshot snapshot) {
            snapshot.all(Kinds.JOB).forEach(Operations.this::changed);
          }
        });
    sweep();
    Thread.ofVirtual().name("operations-lease").start(this::keepLease);
  }

  /** Adds a job to a transaction; it begins when the transaction is committed. */
  public String start(Transaction transaction, JobRequest request) {
    Operation operation = catalogue.get(request.operation());
    if (operation == null) {
      throw new IllegalArgumentException("no operation is named " + request.operation());
    }
    return store.insert(transaction, request, operation, nodes.self()).id();
  }

  /**
   * Waits for the job's end.
   *
   * @return how it ended, or empty when it had not within {@code patience}
   */
  public Optional<JobStatus> await(String jobId, Duration patience) {
    CompletableFuture<JobStatus> end =
        awaited.computeIfAbsent(jobId, id -> new CompletableFuture<>());
    try {
      store
          .find(jobId)
          .ifPresentOrElse(this::completeIfEnded, () -> end.complete(JobStatus.UNKNOWN));
      return Optional.of(end.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      awaited.remove(jobId, end);
    }
  }

  /** Why the job failed, if it did. */
  public Optional<String> fault(String jobId) {
    return store.find(jobId).map(job -> job.internal("fault"));
  }

  /** Looks at the job as it is now: the change may be an old one. */
  private void changed(Change change) {
    if (change.after() != null && change.key().kind().equals(Kinds.JOB.name())) {
      store.find(change.key().id()).ifPresent(this::changed);
    }
  }

  private void changed(Entity<Job> job) {
    completeIfEnded(job);
    JobRecord record = JobRecord.of(job);
    if (record != null
        && isOpen(job)
        && record.node().equals(nodes.self().id())
        && record.epoch() == nodes.self().epoch()) {
      run(job, record);
    }
  }

  private void completeIfEnded(Entity<Job> job) {
    CompletableFuture<JobStatus> future = awaited.get(job.id());
    JobStatus status = job.value().status();
    if (future != null && status != null && status != JobStatus.STARTED) {
      future.complete(status);
    }
  }

  private static boolean isOpen(Entity<Job> job) {
    return job.value().status() == JobStatus.STARTED;
  }

  private void run(Entity<Job> job, JobRecord record) {
    Operation operation = catalogue.get(record.operation());
    if (operation == null || closed.getCount() == 0 || !running.add(job.id())) {
      return;
    }
    Thread.ofVirtual()
        .name("job-" + job.id())
        .start(
            () -> {
              try {
                new JobRun(store, operation, job, record, this::mayWork).run();
              } catch (RuntimeException e) {
                LOG.error("job {} stopped; it is taken up again later", job.id(), e);
              } finally {
                running.remove(job.id());
              }
            });
  }

  private boolean mayWork() {
    return closed.getCount() > 0 && nodes.holds();
  }

  private void keepLease() {
    while (!waitClosed(Nodes.RENEWAL)) {
      try {
        if (!nodes.renew()) {
          LOG.error(
              "another engine process runs as node {}; this one stops its jobs", nodes.self().id());
          return;
        }
        sweep();
      } catch (RuntimeException e) {
        LOG.warn(
            "the lease of engine node {} was not renewed: {}", nodes.self().id(), e.getMessage());
      }
    }
  }

  private boolean waitClosed(Duration time) {
    try {
      return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Takes up every open job that nobody works on. */
  private void sweep() {
    Set<String> alive = null;
    for (Entity<Job> job : inventory.snapshot().all(Kinds.JOB)) {
      JobRecord record = JobRecord.of(job);
      if (record == null || !isOpen(job) || running.contains(job.id())) {
        continue;
      }
      boolean mine = record.node().equals(nodes.self().id());
      if (mine && record.epoch() == nodes.self().epoch()) {
        run(job, record);
        continue;
      }
      if (!mine) {
        alive = alive == null ? nodes.alive() : alive;
      }
      if (mine || (alive != null && !alive.contains(record.node()))) {
        takeOver(job, record);
      }
    }
  }

  private void takeOver(Entity<Job> job, JobRecord record) {
    try {
      store.takeOver(job, record, nodes.self());
      LOG.info("took over job {} ({}) from node {}", job.id(), record.operation(), record.node());
    } catch (StaleEntity e) {
      LOG.debug("job {} was taken over by another node", job.id());
    }
  }

  /** Stops taking up work; a step in progress is left for the next owner. */
  @Override
  public void close() {
    closed.countDown();
    try {
      nodes.leave();
    } catch (NodesUnavailable e) {
      LOG.debug("the lease ends by itself: {}", e.getMessage());
    }
  }

  /** The job's correlation id, if it came with a request. */
  public static @Nullable String correlationId(Entity<Job> job) {
    return job.internal("correlation_id");
  }
}
