package io.overt.sdk;

import io.overt.sdk.document.Node;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The place of one object.
 *
 * @param <T> what it is
 */
public abstract class EntityService<T extends Struct> extends Service {
  private final Function<Node, T> reader;

  /** The service with this name of the model at a path. */
  protected EntityService(
      Connection connection, String type, String path, Function<Node, T> reader) {
    super(connection, type, path);
    this.reader = reader;
  }

  /** The object as it is now. */
  public T get() {
    return get(_ -> {});
  }

  /** The object as it is now, with what the options ask for. */
  public T get(Consumer<ReadOptions> options) {
    ReadOptions given = options(new ReadOptions(), options);
    return reader.apply(
        connection().send(given.query(operation("get"), Request.get(path()))).node());
  }

  /** The object as it is now, if there is one. */
  public Optional<T> find() {
    try {
      return Optional.of(get());
    } catch (NotFound e) {
      return Optional.empty();
    }
  }

  /**
   * Waits until the object has a status, and reads it.
   *
   * @throws WaitTimeout when it has another one all the time
   */
  public T waitFor(EnumValue status, Duration patience) {
    return waiting().forStatus(status, patience);
  }

  /**
   * Waits until the object is as wanted.
   *
   * @param what says in messages what that is
   * @throws WaitTimeout when it is not in time
   */
  public T waitUntil(String what, Predicate<? super T> wanted, Duration patience) {
    return waiting().until(what, wanted, Waiting::seen, patience);
  }

  private Waiting<T> waiting() {
    return new Waiting<>(connection(), path(), this::get, Optional.empty());
  }

  protected Operation<T> act(String action, Options<?> options) {
    Reply reply = post(action, options);
    return new Operation<>(connection(), action, reply, path(), this::get);
  }

  /** The calls of the service, each on a virtual thread of its own. */
  public class Async {
    protected Async() {}

    public CompletableFuture<T> get() {
      return run(EntityService.this::get);
    }

    public CompletableFuture<T> get(Consumer<ReadOptions> options) {
      return run(() -> EntityService.this.get(options));
    }

    public CompletableFuture<Optional<T>> find() {
      return run(EntityService.this::find);
    }

    public CompletableFuture<T> waitFor(EnumValue status, Duration patience) {
      return run(() -> EntityService.this.waitFor(status, patience));
    }
  }
}
