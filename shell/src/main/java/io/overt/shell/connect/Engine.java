package io.overt.shell.connect;

import io.overt.sdk.ApiException;
import io.overt.sdk.BadRequest;
import io.overt.sdk.Conflict;
import io.overt.sdk.Connection;
import io.overt.sdk.Forbidden;
import io.overt.sdk.JobFailed;
import io.overt.sdk.NotFound;
import io.overt.sdk.Reply;
import io.overt.sdk.Request;
import io.overt.sdk.RetryPolicy;
import io.overt.sdk.ServerError;
import io.overt.sdk.Transport;
import io.overt.sdk.Unauthorized;
import io.overt.sdk.Unavailable;
import io.overt.sdk.WaitTimeout;
import io.overt.sdk.document.Node;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import io.overt.shell.objects.Api;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The engine, whose refusals become the statuses of commands. */
public final class Engine implements Api, AutoCloseable {
  /** Somebody waits, who can try again too. */
  private static final RetryPolicy RETRIES =
      new RetryPolicy(3, Duration.ofMillis(150), Duration.ofMillis(600));

  private final Target target;
  private final Connection connection;

  private Engine(Target target, Connection connection) {
    this.target = target;
    this.connection = connection;
  }

  /**
   * Nothing is sent yet.
   *
   * @param session whether to log in once, and out at the end; else each request shows the
   *     password, which for one command takes fewer of them
   */
  public static Engine of(Target target, boolean session) {
    try {
      Connection.Builder builder =
          Connection.builder().url(target.url()).timeout(target.timeout()).retries(RETRIES);
      if (target.insecure()) {
        builder.insecure();
      } else if (target.ca() != null) {
        builder.ca(target.ca());
      }
      if (target.filter() != null) {
        builder.filter(target.filter());
      }
      if (target.token() != null) {
        builder.token(target.token());
      } else if (session) {
        builder.login(String.valueOf(target.user()), String.valueOf(target.password()));
      } else {
        String pair = target.user() + ":" + target.password();
        builder.header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
      }
      return new Engine(target, builder.build());
    } catch (IllegalArgumentException e) {
      throw new ShellFailure(Status.CONNECTION, String.valueOf(e.getMessage()), e);
    }
  }

  public Target target() {
    return target;
  }

  /** Makes a call and says what went wrong in the shell's terms. */
  public Reply send(Request request) {
    return call(connection -> connection.send(request));
  }

  /** Uses the connection, with failures in the shell's terms. */
  public <T> T call(Function<Connection, T> work) {
    try {
      return work.apply(connection);
    } catch (ApiException e) {
      throw failure(e);
    } catch (IllegalArgumentException e) {
      throw new ShellFailure(Status.SYNTAX, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public List<Node> list(String path, StructType type, Map<String, String> query) {
    return send(Request.get(path).query(query)).entries();
  }

  @Override
  public Node get(String path, StructType type, Map<String, String> query) {
    return send(Request.get(path).query(query)).node();
  }

  /** Ends the session of the token, whoever got it. */
  public void logOut() {
    call(
        connected -> {
          connected.logOut();
          return true;
        });
  }

  private static ShellFailure failure(ApiException e) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    Status status =
        switch (e) {
          case Unauthorized _ -> Status.AUTHENTICATION;
          case NotFound _ -> Status.NOT_FOUND;
          case Transport _, Unavailable _ -> interrupted ? Status.INTERRUPTED : Status.CONNECTION;
          case WaitTimeout _ -> Status.WAIT_TIMEOUT;
          case JobFailed _ -> Status.JOB_FAILED;
          case BadRequest _, Conflict _, Forbidden _, ServerError _ -> Status.REFUSED;
        };
    return new ShellFailure(status, status == Status.INTERRUPTED ? "Interrupted" : message(e), e);
  }

  private static String message(ApiException e) {
    @Nullable String detail = e.detail().orElse(null);
    return switch (e) {
      case Transport _, Unavailable _ ->
          "Cannot talk to %s: %s"
              .formatted(server(e), detail == null ? e.reason() : e.reason() + ": " + detail);
      case Unauthorized _ ->
          "%s does not let you in: %s"
              .formatted(
                  server(e),
                  detail != null
                      ? detail
                      : e.reason().equals("Unauthorized")
                          ? "the user, the password or the token is wrong, or has expired"
                          : e.reason());
      case NotFound _ -> "Not found: " + (detail == null ? e.address().getPath() : detail);
      case JobFailed _, WaitTimeout _ -> detail == null ? e.reason() : e.reason() + ": " + detail;
      case BadRequest _, Conflict _, Forbidden _, ServerError _ ->
          "%s (HTTP %d)%s".formatted(e.reason(), e.status(), detail == null ? "" : ": " + detail);
    };
  }

  private static String server(ApiException e) {
    String host = e.address().getHost();
    return e.address().getPort() < 0 ? host : host + ":" + e.address().getPort();
  }

  @Override
  public void close() {
    connection.close();
  }
}
