package io.overt.units;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.overt.units.xmlrpc.MalformedMessage;
import io.overt.units.xmlrpc.XmlRpc;
import io.overt.units.xmlrpc.XmlRpc.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * oVirt's scheduler proxy (0.1.9) for engines that expect one: XML-RPC over HTTP, without
 * authentication, as there; so it should listen on the loopback only.
 */
public final class SchedulerProxy implements AutoCloseable {
  /** Where engines look for it. */
  public static final int PORT = 18781;

  /** How long the units of a call may take together. */
  public static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(SchedulerProxy.class);
  private static final Set<String> PATHS = Set.of("/", "/RPC2");
  private static final int LARGEST = 64 << 20;

  static {
    // Or each answer, which is sent in two parts, waits 40 ms for the first to be acknowledged.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ProxyMethods methods;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What it answers beyond what version 0.1.9 did. */
  public enum Answers {
    /** Nothing: every engine understands it. */
    PLAIN,
    /**
     * Each unit's own scores with its name, and units that failed by name: for engines that rank
     * units, which oVirt's do since 4.2.
     */
    PER_UNIT
  }

  private SchedulerProxy(ProxyMethods methods, HttpServer server) {
    this.methods = methods;
    this.server = server;
  }

  /**
   * Starts to listen. The units stay the caller's to close.
   *
   * @param address its port may be 0, for any
   * @throws IOException if it cannot listen there
   */
  public static SchedulerProxy start(
      PythonUnits units, InetSocketAddress address, Duration deadline, Answers answers)
      throws IOException {
    SchedulerProxy proxy =
        new SchedulerProxy(
            new ProxyMethods(units, deadline, answers), HttpServer.create(address, 0));
    proxy.server.setExecutor(proxy.threads);
    proxy.server.createContext("/", proxy::handle);
    proxy.server.start();
    return proxy;
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        answer(exchange, 501, "text/plain", text("Only POST is supported\n"));
      } else if (!PATHS.contains(exchange.getRequestURI().getPath())) {
        answer(exchange, 404, "text/plain", text("No such page\n"));
      } else {
        byte[] body = body(exchange);
        if (body.length > LARGEST) {
          answer(exchange, 413, "text/plain", text("More than " + LARGEST + " bytes\n"));
        } else {
          answer(exchange, 200, "text/xml", XmlRpc.write(respond(body)));
        }
      }
    } catch (IOException e) {
      LOG.debug("a caller of the scheduler proxy went away: {}", e.toString());
    } catch (RuntimeException e) {
      LOG.error("a call of the scheduler proxy failed", e);
    }
  }

  private Response respond(byte[] body) {
    try {
      return methods.call(XmlRpc.readCall(body));
    } catch (MalformedMessage e) {
      return new Response.Fault(1, "the request is no XML-RPC call: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("a call of the scheduler proxy failed", e);
      return new Response.Fault(1, "internal error");
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    return ("gzip".equalsIgnoreCase(encoding) ? new GZIPInputStream(in) : in)
        .readNBytes(LARGEST + 1);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
