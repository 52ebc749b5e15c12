package io.overt.rest.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.jspecify.annotations.Nullable;

/** One request and its answer. Used by one thread. */
public final class Exchange {
  private static final int UNASKED_BYTES = 64 << 10;
  private static final Duration UNASKED_WITHIN = Duration.ofSeconds(1);

  private final Request request;
  private final Response response;
  private final Limits limits;
  private final RequestPath path;
  private final ParameterMap query;
  private final boolean head;
  private boolean answered;
  private byte @Nullable [] body;
  private @Nullable String correlationId;

  /**
   * @throws HttpProblem 400 when path or query are broken
   */
  public Exchange(Request request, Response response, Limits limits) {
    this.request = request;
    this.response = response;
    this.limits = limits;
    this.head = request.getMethod().equals("HEAD");
    String raw = request.getHttpURI().getPath();
    this.path = RequestPath.parse(raw == null ? "/" : raw);
    this.query = ParameterMap.parse(request.getHttpURI().getQuery(), '&');
  }

  public String method() {
    return request.getMethod();
  }

  public RequestPath path() {
    return path;
  }

  public ParameterMap query() {
    return query;
  }

  /** The first value of the header. */
  public @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  public List<String> headers(String name) {
    return request.getHeaders().getValuesList(name);
  }

  /** The value of that cookie. */
  public @Nullable String cookie(String name) {
    for (HttpCookie cookie : Request.getCookies(request)) {
      if (cookie.getName().equals(name)) {
        return cookie.getValue();
      }
    }
    return null;
  }

  /** {@code https://engine.example.com:8443}: how the client addressed this server. */
  public String origin() {
    String scheme = request.getHttpURI().getScheme();
    String safeScheme = scheme == null ? (secure() ? "https" : "http") : scheme;
    int port = Request.getServerPort(request);
    boolean standard = port <= 0 || port == (safeScheme.equals("https") ? 443 : 80);
    return safeScheme + "://" + Request.getServerName(request) + (standard ? "" : ":" + port);
  }

  public boolean secure() {
    return request.isSecure();
  }

  /** Address of the peer, without port. */
  public String remoteAddress() {
    return Request.getRemoteAddr(request);
  }

  /**
   * 1 to 36 letters, digits, {@code _} and {@code -}: the client's, or one made for this request.
   */
  public String correlationId() {
    String known = correlationId;
    if (known == null) {
      known = CorrelationId.of(this);
      correlationId = known;
    }
    return known;
  }

  /** Languages the client prefers, best first. */
  public List<Locale> locales() {
    return Request.getLocales(request);
  }

  /** True when the request announces a body. */
  public boolean hasBody() {
    return request.getLength() > 0
        || (request.getLength() < 0 && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
  }

  /**
   * The whole body; may be called again.
   *
   * @throws HttpProblem 413 when it is too large, 408 when it does not arrive in time, 400 when it
   *     breaks off
   */
  public byte[] body() {
    byte[] known = body;
    if (known != null) {
      return known;
    }
    if (request.getLength() > limits.bodyBytes()) {
      throw tooLarge();
    }
    long deadline = System.nanoTime() + limits.bodyTime().toNanos();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] chunk = new byte[16 << 10];
    try (InputStream input = Content.Source.asInputStream(request)) {
      for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
        if (bytes.size() + count > limits.bodyBytes()) {
          throw tooLarge();
        }
        if (System.nanoTime() > deadline) {
          response.getHeaders().put(HttpHeader.CONNECTION, "close");
          throw new HttpProblem(408, "the body did not arrive within " + limits.bodyTime());
        }
        bytes.write(chunk, 0, count);
      }
    } catch (IOException e) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      throw new HttpProblem(400, "the body broke off after " + bytes.size() + " bytes");
    }
    byte[] whole = bytes.toByteArray();
    body = whole;
    return whole;
  }

  private HttpProblem tooLarge() {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    return new HttpProblem(
        413, "the body has more than the allowed " + limits.bodyBytes() + " bytes");
  }

  /** Parameters of a form body together with those of the query; the body's win. */
  public ParameterMap form() {
    String type = header("Content-Type");
    if (!hasBody()
        || type == null
        || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
      return query;
    }
    ParameterMap form = ParameterMap.parse(new String(body(), StandardCharsets.UTF_8), '&');
    Map<String, String> all = new LinkedHashMap<>(form.values());
    query.values().forEach(all::putIfAbsent);
    return new ParameterMap(all);
  }

  /** Replaces a response header. */
  public void setHeader(String name, String value) {
    response.getHeaders().put(name, printable(value));
  }

  /** Adds a response header beside others of that name. */
  public void addHeader(String name, String value) {
    response.getHeaders().add(name, printable(value));
  }

  private static String printable(String value) {
    return value.replaceAll("[\\x00-\\x1f\\x7f]", " ");
  }

  /** True once a status was chosen and the answer began. */
  public boolean answered() {
    return answered;
  }

  /** True when nothing can be changed any more. */
  public boolean committed() {
    return response.isCommitted();
  }

  public int status() {
    return response.getStatus();
  }

  /** Answers without a body. */
  public void answer(int status) throws IOException {
    begin(status);
    send(new byte[0], false);
  }

  /** Answers with a whole body. */
  public void answer(int status, String contentType, byte[] content) throws IOException {
    try (OutputStream output = stream(status, contentType)) {
      output.write(content);
    }
  }

  /** Answers with a whole text in UTF-8. */
  public void answer(int status, String contentType, String content) throws IOException {
    answer(status, contentType, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Answers with a body as it is.
   *
   * @param coding what packed the content, {@code gzip} or {@code br}, which the client {@link
   *     #accepts}; null when nothing did
   */
  public void answerPacked(int status, String contentType, byte[] content, @Nullable String coding)
      throws IOException {
    begin(status);
    setHeader("Content-Type", contentType);
    if (coding != null) {
      setHeader("Content-Encoding", coding);
    }
    addHeader("Vary", "Accept-Encoding");
    send(head ? new byte[0] : content, false);
  }

  /** Begins an answer whose body is written and then closed by the caller. */
  public OutputStream stream(int status, String contentType) {
    begin(status);
    if (head) {
      return OutputStream.nullOutputStream();
    }
    setHeader("Content-Type", contentType);
    return new Answer(this, accepts("gzip"));
  }

  /** Begins an answer that is sent as it is written: for event streams. */
  public OutputStream liveStream(int status, String contentType) throws IOException {
    begin(status);
    setHeader("Content-Type", contentType);
    return open(false);
  }

  private void begin(int status) {
    if (response.isCommitted()) {
      throw new IllegalStateException("the answer " + response.getStatus() + " was already sent");
    }
    takeRestOfRequest();
    answered = true;
    response.setStatus(status);
    response.getHeaders().remove(HttpHeader.CONTENT_TYPE);
  }

  /**
   * A body that nobody asked for is read before the answer leaves: what stays unread ends the
   * connection, and a client that has not heard so sends its next request into it (RFC 9112, 9.6).
   * Where it is too much, or does not arrive, the answer says that the connection ends.
   */
  private void takeRestOfRequest() {
    boolean over = body != null || !hasBody();
    if (!over && !response.getHeaders().contains(HttpHeader.CONNECTION) && !restTaken()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
  }

  private boolean restTaken() {
    if (request.getHeaders().contains(HttpHeader.EXPECT, "100-continue")) {
      return false;
    }
    long deadline = System.nanoTime() + UNASKED_WITHIN.toNanos();
    for (long taken = 0; taken <= UNASKED_BYTES; ) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        if (!arrives(deadline - System.nanoTime())) {
          return false;
        }
      } else if (Content.Chunk.isFailure(chunk)) {
        return false;
      } else {
        taken += chunk.remaining();
        chunk.release();
        if (chunk.isLast()) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean arrives(long nanos) {
    CountDownLatch more = new CountDownLatch(1);
    request.demand(more::countDown);
    try {
      return more.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether the client takes bodies of that content coding. */
  public boolean accepts(String contentCoding) {
    for (String header : headers("Accept-Encoding")) {
      for (String coding : header.split(",")) {
        String[] parts = coding.strip().split("\\s*;\\s*");
        boolean named = parts[0].equalsIgnoreCase(contentCoding) || parts[0].equals("*");
        if (named && (parts.length == 1 || !parts[1].matches("(?i)q=0(\\.0*)?"))) {
          return true;
        }
      }
    }
    return false;
  }

  OutputStream open(boolean gzip) {
    if (gzip) {
      markGzip();
    }
    return Content.Sink.asOutputStream(response);
  }

  void send(byte[] content, boolean gzip) throws IOException {
    if (gzip) {
      markGzip();
    }
    if (!head && response.getStatus() != 304) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
    }
    try (var blocker = Blocker.callback()) {
      response.write(true, ByteBuffer.wrap(content), blocker);
      blocker.block();
    }
  }

  private void markGzip() {
    setHeader("Content-Encoding", "gzip");
    addHeader("Vary", "Accept-Encoding");
  }

  /** How long the client may be silent. */
  public Duration idleTime() {
    return limits.idleTime();
  }
}
