package io.overt.inventory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The entities of one installation, as one node sees and changes them. Several nodes may work on
 * the same database.
 */
public final class Inventory implements AutoCloseable {
  private static final MigrationSet TABLES = new MigrationSet("inventory", "2");
  private static final int ATTEMPTS = 20;

  /** How long the numerous kinds are not read while nobody asks for one. */
  private static final Duration PUT_OFF = Duration.ofSeconds(2);

  private final Database database;
  private final InventoryConfig config;
  private final Published published = new Published();
  private final Committer committer;
  private final Follower follower;
  private final Thread loading;

  private Inventory(Database database, InventoryConfig config) {
    this.database = database;
    this.config = config;
    database.migrate(TABLES);
    this.loading = Thread.ofPlatform().name("inventory-loader").daemon().start(this::load);
    this.committer = new Committer(database.dataSource(), published, config.batchLimit());
    this.follower = new Follower(database, published, config);
  }

  /**
   * Creates or upgrades the tables, then loads everything and follows the changes. The loading goes
   * on when this returns; who asks for what has not arrived waits for it, and gets its failure.
   *
   * @throws InventoryUnavailable when the database cannot be reached
   */
  public static Inventory open(Database database, InventoryConfig config) {
    return new Inventory(database, config);
  }

  public static Inventory open(Database database) {
    return open(database, InventoryConfig.defaults());
  }

  private void load() {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      Feed.Head head = Feed.head(connection);
      Loader loader = new Loader(connection, head.position());
      published.replace(loader.first(), head.incarnation());
      loader.awaitDemand(PUT_OFF);
      loader.rest();
      connection.rollback();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      published.fail(SqlFailure.unavailable("loading the inventory", e));
    } catch (RuntimeException e) {
      published.fail(e);
    }
  }

  /**
   * Decodes and indexes what was loaded and that nobody has asked for yet. Takes a core for a
   * second or two; without it, the first who ask wait.
   */
  public void prepare() {
    published.snapshot().prepare();
  }

  /** Everything, as of now. Costs nothing. */
  public Snapshot snapshot() {
    return published.snapshot();
  }

  /**
   * Runs the function and commits what it asked of the transaction, all or nothing. When this
   * returns it is durable, and {@link #snapshot} of this node contains it.
   *
   * @param function may read snapshots and anything else; has no effect on the database until it
   *     returned, and none if it throws
   * @throws StaleEntity what it is based on has changed meanwhile
   * @throws DuplicateName a name is taken
   * @throws StillReferenced something deleted is referred to by something that is not
   * @throws MissingReference something referred to does not exist
   * @throws InventoryUnavailable the database did not answer until the deadline
   */
  public <R> R write(Function<Transaction, R> function) {
    Transaction transaction = new Transaction(published.snapshot(), this::nextNumber);
    R result = function.apply(transaction);
    transaction.close();
    if (!transaction.isEmpty()) {
      commit(transaction);
    }
    return result;
  }

  /** {@link #write} for functions without a result. */
  public void change(Consumer<Transaction> function) {
    write(
        transaction -> {
          function.accept(transaction);
          return true;
        });
  }

  /**
   * Like {@link #write}, but runs the function again on a fresh snapshot when it was overtaken: for
   * writers whose decision is the function's alone.
   *
   * @throws StaleEntity overtaken twenty times in a row
   */
  public <R> R writeRetrying(Function<Transaction, R> function) {
    for (int attempt = 1; ; attempt++) {
      try {
        return write(function);
      } catch (StaleEntity e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void commit(Transaction transaction) {
    CompletableFuture<Long> committed = new CompletableFuture<>();
    long deadline = System.nanoTime() + config.writeDeadline().toNanos();
    PendingWrite write = new PendingWrite(transaction, committed, deadline);
    committer.submit(write);
    try {
      committed.get(config.writeDeadline().toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      throw new InventoryUnavailable(
          "the database did not answer a write within " + config.writeDeadline(),
          !committer.withdraw(write),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InventoryUnavailable(
          "interrupted while waiting for a commit", !committer.withdraw(write), e);
    }
  }

  /** The failure with this thread's trace: it was made on the committer's. */
  private static RuntimeException failure(Throwable cause) {
    cause.addSuppressed(new IllegalStateException("the write was asked for here"));
    if (cause instanceof RuntimeException runtime) {
      return runtime;
    }
    return new IllegalStateException(cause);
  }

  private long nextNumber(String sequence) {
    try (Connection connection = database.dataSource().getConnection()) {
      return Numbers.raise(connection, sequence, 1);
    } catch (SQLException e) {
      throw SqlFailure.unavailable("taking a number of " + sequence, e);
    }
  }

  /**
   * Lets the listener learn of every change from now on, in order, on a thread of its own. A
   * listener that is too slow, or a node that had to load everything anew, resyncs.
   */
  public Subscription onChange(ChangeListener listener) {
    return new Subscriber(listener, config.subscriberQueue(), published);
  }

  /** From now on, lets rows that follow from this node's changes be committed with them. */
  public void accompany(CommitCompanion companion) {
    committer.accompany(companion);
  }

  /**
   * Waits until this node shows a position that it learned elsewhere.
   *
   * @return false when it was not reached in time
   */
  public boolean awaitPosition(long position, Duration atMost) throws InterruptedException {
    return published.await(position, atMost);
  }

  /** The connections, for modules with tables of their own. */
  public Database database() {
    return database;
  }

  /**
   * Ends the writes and the following; the database stays open. Snapshots last, but for numerous
   * kinds that nobody has asked for.
   */
  @Override
  public void close() {
    loading.interrupt();
    try {
      loading.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    committer.close();
    follower.close();
    published.closeSubscribers();
  }
}
