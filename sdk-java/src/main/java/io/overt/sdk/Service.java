package io.overt.sdk;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.ServiceType;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A place of the API: an address and what can be asked there. Nothing is sent to make one. */
public abstract class Service {
  private final Connection connection;
  private final ServiceType type;
  private final String path;

  /** The service with this name of the model at a path. */
  protected Service(Connection connection, String type, String path) {
    this.connection = connection;
    this.type = Schema.current().service(type);
    this.path = path;
  }

  protected Connection connection() {
    return connection;
  }

  /** Its address below that of the API. */
  public String path() {
    return path;
  }

  protected String below(String segment) {
    return path.isEmpty() ? segment : path + "/" + segment;
  }

  OperationType operation(String name) {
    return type.operation(name)
        .orElseThrow(() -> new IllegalArgumentException(type.name() + " has no operation " + name));
  }

  /** The options with what a program does to them. */
  protected static <O> O options(O options, Consumer<? super O> given) {
    given.accept(options);
    return options;
  }

  protected <T> T add(Struct object, Options<?> options, Function<Node, T> result) {
    Request request = Request.of("POST", path).body(object.node());
    return result.apply(connection.send(options.query(operation("add"), request)).node());
  }

  protected <T> T update(Struct object, Options<?> options, Function<Node, T> result) {
    Request request = Request.of("PUT", path).changes(object.node());
    return result.apply(connection.send(options.query(operation("update"), request)).node());
  }

  protected <T extends Struct> Operation<T> remove(Options<?> options, Function<Node, T> result) {
    Reply reply = connection.send(options.query(operation("remove"), Request.of("DELETE", path)));
    Node action = Node.builder("action").build();
    return new Operation<>(connection, "remove", reply, path, () -> result.apply(action));
  }

  /** An action whose object cannot be read: its result is the action itself. */
  protected <T extends Struct> Operation<T> act(
      String action, Options<?> options, Function<Node, T> result) {
    Reply reply = post(action, options);
    return new Operation<>(connection, action, reply, path, () -> result.apply(reply.node()));
  }

  Reply post(String action, Options<?> options) {
    OperationType operation = operation(action);
    Request request = Request.of("POST", below(operation.segment()));
    return connection.send(options.action(operation, request));
  }

  /** What an action answers, which is waited for. */
  protected <T> @Nullable T answer(
      String action, Options<?> options, Function<Node, @Nullable T> result) {
    return result.apply(post(action, options.async(false)).node());
  }

  /** What an action answers that is no document. */
  protected byte[] content(String action, Options<?> options) {
    return post(action, options).content();
  }

  /** Runs a call on a virtual thread. */
  protected static <T> CompletableFuture<T> run(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, task -> Thread.ofVirtual().start(task));
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "[" + path + "]";
  }
}
