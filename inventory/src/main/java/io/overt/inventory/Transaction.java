package io.overt.inventory;

import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one write asks for. Nothing reaches the database before the function that got this returns;
 * then all of it is checked against the newest state and committed, or none. Confined to the
 * function's thread.
 */
public final class Transaction {
  private final Snapshot base;
  private final ToLongFunction<String> numbers;
  private final List<Request> requests = new ArrayList<>();
  private final List<SqlWork> sqlWork = new ArrayList<>();
  private Snapshot current;
  private boolean closed;

  Transaction(Snapshot base, ToLongFunction<String> numbers) {
    this.base = base;
    this.current = base;
    this.numbers = numbers;
  }

  /** The inventory when this transaction began, without its own writes. */
  public Snapshot snapshot() {
    return base;
  }

  /** The inventory with this transaction's own writes so far (their version is pending). */
  public Snapshot current() {
    return current;
  }

  /** The entity, own writes included. */
  public <T extends Struct> Optional<Entity<T>> find(Kind<T> kind, String id) {
    return current.find(kind, id);
  }

  /** The entity, own writes included. */
  public Optional<Entity<?>> find(Key key) {
    return current.find(key);
  }

  public <T extends Struct> Entity<T> insert(Kind<T> kind, T value) {
    return insert(kind, value, null, Map.of());
  }

  public <T extends Struct> Entity<T> insert(Kind<T> kind, T value, @Nullable Key owner) {
    return insert(kind, value, owner, Map.of());
  }

  /**
   * A new entity.
   *
   * @param value with id; references are kept by id only
   * @param owner the entity that it lives and dies with
   * @return the entity as it will be, its version pending
   */
  public <T extends Struct> Entity<T> insert(
      Kind<T> kind, T value, @Nullable Key owner, Map<String, String> internals) {
    Entity<T> entity =
        new Entity<>(
            kind, StoredForm.of(kind, value), owner, Map.copyOf(internals), Entity.PENDING);
    add(new Request.Insert(entity));
    return entity;
  }

  /**
   * A new entity whose id is the next number of its kind, given at commit: numbers have no gaps and
   * ascend in the order of commits, so that a reader who asks for "later than n" misses nothing.
   *
   * @param valueOf makes the value for a number, with it as id; called at commit, must be pure
   */
  public <T extends Struct> void append(
      Kind<T> kind, LongFunction<T> valueOf, @Nullable Key owner, Map<String, String> internals) {
    requireOpen();
    requests.add(new Request.Append<>(kind, valueOf, owner, Map.copyOf(internals)));
  }

  /** A new value for the entity; its private attributes stay. */
  public <T extends Struct> Entity<T> update(Entity<T> expected, T newValue) {
    return update(expected, newValue, expected.internals());
  }

  /**
   * A new value for the entity, which must still be what it is in {@code expected} at commit.
   *
   * @throws StaleEntity when this transaction wrote the entity since {@code expected} was read; for
   *     others' writes it is thrown by the commit
   */
  public <T extends Struct> Entity<T> update(
      Entity<T> expected, T newValue, Map<String, String> internals) {
    Entity<T> updated =
        new Entity<>(
            expected.kind(),
            StoredForm.of(expected.kind(), newValue),
            expected.owner(),
            Map.copyOf(internals),
            Entity.PENDING);
    if (!updated.id().equals(expected.id())) {
      throw new IllegalArgumentException(
          "an update of " + expected + " must not change its id to " + updated.id());
    }
    requireCurrent(expected);
    add(new Request.Update(expected, updated));
    return updated;
  }

  /** Deletes the entity with everything that it owns. */
  public void delete(Entity<?> entity) {
    requireCurrent(entity);
    add(new Request.Delete(entity));
  }

  /** Lets the commit fail with {@link StaleEntity} if the entity has changed by then. */
  public void requireUnchanged(Entity<?> entity) {
    requireOpen();
    requests.add(new Request.EntityUnchanged(entity));
  }

  /**
   * Lets the commit fail with {@link StaleEntity} if anything of that kind has changed since this
   * transaction began: for decisions on a whole kind, like a free MAC address.
   */
  public void requireUnchanged(Kind<?> kind) {
    requireOpen();
    requests.add(new Request.KindUnchanged(kind, base.changedAt(kind)));
  }

  /**
   * Lets the commit fail with {@link StaleEntity} unless the condition holds for the newest state,
   * without this transaction's own writes: for decisions on more than one entity, like a host's
   * free memory, or on who may decide.
   *
   * @param what the condition in words
   * @param condition pure and quick: it is tested while other writers wait, on any thread
   */
  public void require(String what, Predicate<Snapshot> condition) {
    requireOpen();
    requests.add(new Request.Holds(what, condition));
  }

  /** Statements on other tables that commit together with this. */
  public void sql(SqlWork work) {
    requireOpen();
    sqlWork.add(work);
  }

  /**
   * The next number of a sequence, from 1; taken at once, whether or not this commits, so numbers
   * may have gaps and need not ascend in the order of commits.
   */
  public long nextNumber(String sequenceName) {
    requireOpen();
    return numbers.applyAsLong(sequenceName);
  }

  private void requireCurrent(Entity<?> expected) {
    Entity<?> known = current.get(expected.key());
    if (known == null
        || known.version() != expected.version()
        || (expected.version() == Entity.PENDING && !known.equals(expected))) {
      throw new StaleEntity(expected + " is no longer what it was: " + known);
    }
    Entity<?> original = base.get(expected.key());
    if (expected.version() == Entity.PENDING && original != null) {
      // The own write that this builds on was computed from the original, so that must still stand.
      requests.addFirst(new Request.EntityUnchanged(original));
    }
  }

  private void add(Request request) {
    requireOpen();
    current = new Applying(current, Entity.PENDING, kind -> 0).apply(request).snapshot();
    requests.add(request);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the transaction is over");
    }
  }

  boolean isEmpty() {
    return requests.isEmpty() && sqlWork.isEmpty();
  }

  void close() {
    closed = true;
  }

  List<SqlWork> sqlWork() {
    return sqlWork;
  }

  /** What this makes of a newer state; throws what is against it. */
  Applying applyTo(Snapshot newest, long position, ToLongFunction<Kind<?>> nextNumber) {
    Applying applying = new Applying(newest, position, nextNumber);
    requests.forEach(applying::apply);
    applying.check();
    return applying;
  }
}
