package io.overt.sdk;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.Target;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an engine for programs that learn the types at run time: calls take paths, and
 * nodes are what they answer. Threads may share it; it is made for virtual threads.
 *
 * <p>Nothing is sent before the first call, which logs in. A token that has expired is replaced
 * once a call. {@link #close()} logs out.
 */
public final class Connection implements AutoCloseable {
  private static final String JSON = "application/json";

  private final Settings settings;
  private final Wire wire;
  private final Tokens tokens;
  private final String prefix;
  private final Changes changes;

  private Connection(Settings settings) {
    this.settings = settings;
    this.wire = new Wire(settings);
    this.tokens = new Tokens(settings, wire);
    this.prefix = settings.url().getPath();
    this.changes = new Changes(this);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The address of the API. */
  public URI url() {
    return settings.url();
  }

  /** The name of the user who logged in; empty with a token. */
  public Optional<String> user() {
    return Optional.ofNullable(settings.user());
  }

  /** The token that calls carry, after a login if there was none; for other programs. */
  public String token() {
    String token = tokens.current(newCorrelationId());
    if (token == null) {
      throw new IllegalStateException("the connection was built without login");
    }
    return token;
  }

  /** The object at a path. */
  public Node get(String path) {
    return send(Request.get(path)).node();
  }

  /** The object at a path, if there is one. */
  public Optional<Node> find(String path) {
    try {
      return Optional.of(get(path));
    } catch (NotFound e) {
      return Optional.empty();
    }
  }

  /** The objects of a collection in one answer. */
  public List<Node> list(String path, Map<String, ?> query) {
    return send(Request.get(path).query(query)).entries();
  }

  /**
   * The objects of a collection, page by page as the stream is read. Collections that cannot be
   * searched are one page.
   *
   * @param query parameters of the address; {@code max} limits the whole
   */
  public Stream<Node> stream(String path, Map<String, ?> query, int pageSize) {
    return Pages.stream(this, Request.get(path).query(query), pageSize);
  }

  /** Makes a new object in a collection: the object as it is then. */
  public Reply add(String collection, Node object, Map<String, ?> query) {
    return send(Request.of("POST", collection).query(query).body(object));
  }

  /** Changes what was set in the node, and nothing else: the object as it is then. */
  public Node update(String path, Node object, Map<String, ?> query) {
    return send(Request.of("PUT", path).query(query).changes(object)).node();
  }

  /** Removes an object. */
  public Reply remove(String path, Map<String, ?> query) {
    return send(Request.of("DELETE", path).query(query));
  }

  /**
   * Runs an action.
   *
   * @param path of the object
   * @param action its name, such as {@code start}
   * @param parameters a node of the type {@code action}
   */
  public Reply act(String path, String action, Node parameters) {
    String segment = action.replace("_", "").replace("-", "");
    return send(Request.of("POST", path + "/" + segment).body(parameters));
  }

  /** The job with this id, which need not be read. */
  public Job job(String id) {
    return new Job(this, id);
  }

  /** The job of what a call began, if it goes on or went on as one. */
  public Optional<Job> job(Reply reply) {
    return reply.job().map(id -> job(id).startedBy(reply.correlationId()));
  }

  /** What happens, as it happens. */
  public Events events() {
    return new Events(this);
  }

  /**
   * Makes a call.
   *
   * @throws ApiException when it does not succeed
   * @throws IllegalArgumentException when the path leads nowhere
   */
  public Reply send(Request request) {
    String path = relative(request.path());
    Target target = request.type() == null ? Schema.current().walk(path) : null;
    String correlationId =
        request.correlationId() == null ? newCorrelationId() : request.correlationId();
    Exchange exchange = new Exchange(request.method(), address(path, Map.of()), correlationId);
    boolean idempotent = request.method().equals("GET");
    for (int attempt = 1; ; attempt++) {
      try {
        Wire.Answer answer = authorized(request, address(path, request.query()), exchange);
        return Replies.read(request, target, answer, exchange);
      } catch (ApiException e) {
        if (attempt >= settings.retries().attempts() || !RetryPolicy.helps(e, idempotent)) {
          throw e;
        }
        Pause.of(settings.retries().pause(attempt), exchange);
      }
    }
  }

  /** One attempt; a second one with a new token if that has expired. */
  private Wire.Answer authorized(Request request, URI address, Exchange exchange) {
    String token = tokens.current(exchange.correlationId());
    Wire.Answer answer = wire.send(http(request, address, token, exchange), exchange);
    if (answer.status() == 401 && tokens.renewable()) {
      tokens.expired(token);
      token = tokens.current(exchange.correlationId());
      answer = wire.send(http(request, address, token, exchange), exchange);
    }
    if (answer.status() >= 300) {
      throw Faults.of(exchange, answer);
    }
    return answer;
  }

  private HttpRequest http(
      Request request, URI address, @Nullable String token, Exchange exchange) {
    HttpRequest.Builder http = wire.request(address);
    http.setHeader("Accept", JSON);
    http.setHeader("Version", "4");
    http.setHeader("Correlation-Id", exchange.correlationId());
    settings.headers().forEach(http::setHeader);
    request.headers().forEach(http::setHeader);
    if (token != null) {
      http.setHeader("Authorization", "Bearer " + token);
    }
    String body = request.body();
    if (body == null) {
      return http.method(request.method(), HttpRequest.BodyPublishers.noBody()).build();
    }
    http.setHeader("Content-Type", JSON);
    return http.method(request.method(), HttpRequest.BodyPublishers.ofString(body)).build();
  }

  Wire wire() {
    return wire;
  }

  Settings settings() {
    return settings;
  }

  Changes changes() {
    return changes;
  }

  /** A call that reads a stream, with the token of this connection. */
  HttpRequest streaming(String path, Map<String, String> query, Exchange exchange) {
    String token = tokens.current(exchange.correlationId());
    Request request = Request.get(path).header("Accept", "text/event-stream");
    return http(request, address(path, query), token, exchange);
  }

  /** Makes the next call log in again. */
  void forgetToken() {
    tokens.forget();
  }

  Exchange exchange(String method, String path) {
    return new Exchange(method, address(relative(path), Map.of()), newCorrelationId());
  }

  /** A path below the API's address from what may be an {@code href} or a whole address. */
  String relative(String path) {
    boolean address = path.startsWith("/") || path.startsWith("http:") || path.startsWith("https:");
    String plain = address ? URI.create(path).getPath() : path;
    if (plain.equals(prefix) || plain.startsWith(prefix + "/")) {
      plain = plain.substring(prefix.length());
    }
    return plain.startsWith("/") ? plain.substring(1) : plain;
  }

  private URI address(String path, Map<String, String> query) {
    String parameters =
        query.entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    String escaped =
        Stream.of(path.split("/")).map(Connection::encoded).collect(Collectors.joining("/"));
    return settings
        .url()
        .resolve(
            prefix
                + (path.isEmpty() ? "" : "/" + escaped)
                + (parameters.isEmpty() ? "" : "?" + parameters));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Cheap rather than secret. */
  static String newCorrelationId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** Ends the session, also one that an earlier program began and whose token was given here. */
  public void logOut() {
    tokens.logOut(newCorrelationId(), true);
  }

  /** Logs out, and ends what is under way. */
  @Override
  public void close() {
    changes.close();
    tokens.logOut(newCorrelationId(), false);
    wire.close();
  }

  @Override
  public String toString() {
    return "Connection[" + settings.url() + "]";
  }

  /** What a connection needs to know. */
  public static final class Builder {
    private @Nullable URI url;
    private @Nullable String user;
    private @Nullable String password;
    private @Nullable String token;
    private @Nullable SSLContext trust;
    private Duration timeout = Duration.ofSeconds(60);
    private boolean compression = true;
    private RetryPolicy retries = RetryPolicy.standard();
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Such as {@code https://engine.example.org/ovirt-engine/api}, which may end after the host.
     */
    public Builder url(String address) {
      URI given;
      try {
        given = URI.create(address);
      } catch (IllegalArgumentException e) {
        throw wrongUrl(address, e);
      }
      boolean http = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
      if (!http || given.getHost() == null) {
        throw wrongUrl(address, null);
      }
      String path = given.getPath().replaceAll("/+$", "");
      url = given.resolve(path.isEmpty() ? "/ovirt-engine/api" : path);
      return this;
    }

    private static IllegalArgumentException wrongUrl(String address, @Nullable Throwable cause) {
      return new IllegalArgumentException(
          "url is '%s', expected http[s]://HOST[:PORT]/ovirt-engine/api".formatted(address), cause);
    }

    /** Logs in with the first call, such as {@code admin@internal}. */
    public Builder login(String name, String secret) {
      user = name;
      password = secret;
      token = null;
      return this;
    }

    /** Instead of a login. */
    public Builder token(String issued) {
      token = issued;
      user = null;
      password = null;
      return this;
    }

    /** Trusts whom the authorities in this PEM file vouch for, and nobody else. */
    public Builder ca(Path pem) {
      trust = Trust.authorities(pem);
      return this;
    }

    /** Trusts by rules of the program's own, which may show a client's certificate too. */
    public Builder ssl(SSLContext context) {
      trust = context;
      return this;
    }

    /** Trusts whoever answers: somebody in between reads and changes everything unnoticed. */
    public Builder insecure() {
      trust = Trust.anybody();
      return this;
    }

    /** How long to wait for each answer; a minute, if not set. */
    public Builder timeout(Duration patience) {
      timeout = patience;
      return this;
    }

    /** Whether lists hold only what the user has permissions for; administrators may choose. */
    public Builder filter(boolean filtered) {
      return header("Filter", Boolean.toString(filtered));
    }

    /** Whether objects come with what is left out otherwise for its cost. */
    public Builder allContent(boolean all) {
      return header("All-Content", Boolean.toString(all));
    }

    /** Whether answers may come compressed, as they do if not set. */
    public Builder compression(boolean compressed) {
      compression = compressed;
      return this;
    }

    /** A header of every call. */
    public Builder header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    public Builder retries(RetryPolicy policy) {
      retries = policy;
      return this;
    }

    public Connection build() {
      if (url == null) {
        throw new IllegalStateException("url is not set, expected the address of the API");
      }
      return new Connection(
          new Settings(
              url,
              user,
              password,
              token,
              trust,
              timeout,
              compression,
              Map.copyOf(headers),
              retries));
    }
  }
}
