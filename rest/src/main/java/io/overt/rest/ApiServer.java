package io.overt.rest;

import io.overt.model.Service;
import io.overt.rest.api.ApiEndpoint;
import io.overt.rest.api.Dialect;
import io.overt.rest.api.Extension;
import io.overt.rest.api.ExtensionEndpoint;
import io.overt.rest.events.MessageStreams;
import io.overt.rest.http.Endpoint;
import io.overt.rest.login.Gate;
import io.overt.rest.login.Origins;
import io.overt.rest.metrics.Metrics;
import io.overt.rest.pages.ApiDoc;
import io.overt.rest.pages.Pages;
import io.overt.rest.pages.PkiEndpoint;
import io.overt.rest.route.Route;
import io.overt.rest.route.RouteTable;
import io.overt.rest.rows.Rows;
import io.overt.rest.sso.SsoEndpoint;
import io.overt.rest.v3.Version3;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/** The HTTP server of the engine. Every request runs on a virtual thread of its own. */
public final class ApiServer implements AutoCloseable {
  private static final List<String> CONTEXT = List.of("ovirt-engine", "api");
  private static final List<String> OLD_CONTEXT = List.of("api");
  private static final List<String> EXTENSIONS = List.of("overt", "api");
  private static final int PLATFORM_THREADS = 64;
  private static final long STOP_MILLIS = 5_000;

  private final ApiServerConfig config;
  private final Server server;
  private final Metrics metrics = new Metrics();
  private final MessageStreams streams;
  private final @Nullable ServerConnector https;
  private final @Nullable ServerConnector http;

  /**
   * A server that is not started yet.
   *
   * @param tls key and certificate of the engine; TLS 1.2 and 1.3 are spoken
   * @param root the service at the root of the API
   * @param extensions what is offered below {@code /overt/api}
   * @param mounts what else this server answers; the longest fitting path wins
   */
  public ApiServer(
      ApiServerConfig config,
      SSLContext tls,
      Service root,
      ApiPorts ports,
      List<Extension> extensions,
      List<Mount> mounts) {
    this.config = config;
    this.streams = new MessageStreams(config.limits().streams());
    QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    this.server = new Server(threads);
    FrontDoor door =
        new FrontDoor(
            all(root, ports, extensions, mounts),
            Pages.notFound(),
            config.limits(),
            ports.health());
    metrics.gauge("overt_http_requests_in_process", "Requests inside.", door::active);
    ServerWebSocketContainer.ensure(server);
    server.setHandler(door);
    server.setErrorHandler(new PlainErrors());
    server.setStopTimeout(STOP_MILLIS);
    server.addBean(new NetworkConnectionLimit(config.limits().connections(), server));
    SlowClients slow = new SlowClients(config.limits().headerTime());
    server.addBean(slow);
    this.https = config.httpsPort() < 0 ? null : secure(tls, slow);
    this.http = config.httpPort() < 0 ? null : plain(slow);
  }

  private List<Mount> all(
      Service root, ApiPorts ports, List<Extension> extensions, List<Mount> mounts) {
    Gate gate =
        new Gate(
            ports.authenticator(),
            config.forgeryProtection(),
            new Origins(config.cors().origins()));
    ApiEndpoint.Parts parts =
        new ApiEndpoint.Parts(
            root,
            gate,
            ports.guard(),
            ports.completion(),
            ports.events(),
            config.cors(),
            List.of(Dialect.current(), Version3.dialect()),
            ports.clock(),
            config.longestWait(),
            streams,
            metrics,
            ports.health());
    ApiEndpoint api = new ApiEndpoint(CONTEXT, 4, parts);
    ApiEndpoint oldApi = new ApiEndpoint(OLD_CONTEXT, 3, parts);
    Endpoint sso = new SsoEndpoint(ports.authenticator());
    Endpoint pki = new PkiEndpoint(ports.certificates());
    List<Mount> all = new ArrayList<>(mounts);
    all.add(new Mount(CONTEXT, false, api));
    all.add(new Mount(OLD_CONTEXT, false, oldApi));
    List<Extension> beyond = new ArrayList<>(extensions);
    beyond.add(Rows.extension());
    all.add(
        new Mount(
            EXTENSIONS,
            false,
            new ExtensionEndpoint(
                EXTENSIONS,
                new ExtensionEndpoint.Parts(gate, ports.guard(), root, streams),
                beyond)));
    all.add(Mount.below("/ovirt-engine/sso", sso));
    all.add(Mount.at("/ovirt-engine/services/sso-logout", sso));
    all.add(Mount.at("/ovirt-engine/services/pki-resource", pki));
    all.add(Mount.at("/ovirt-engine/services/health", Pages.health(ports.health())));
    all.add(Mount.at("/ovirt-engine/ca.crt", pki));
    all.add(Mount.at("/ca.crt", pki));
    all.add(Mount.at("/ovirt-engine/apidoc", new ApiDoc()));
    all.add(Mount.at("/metrics", Pages.metrics(metrics, gate)));
    all.add(Mount.at("/", Pages.landing()));
    all.add(Mount.at("/ovirt-engine", Pages.landing()));
    return all;
  }

  private HttpConfiguration http(boolean secure) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    // otherwise a token that differs from an earlier one of the connection in case alone becomes it
    configuration.setHeaderCacheCaseSensitive(true);
    configuration.setRequestHeaderSize(config.limits().headerBytes());
    configuration.setResponseHeaderSize(32 << 10);
    configuration.setMaxResponseHeaderSize(64 << 10);
    // paths are judged by RequestPath, which refuses more and answers what oVirt answers
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    if (secure) {
      configuration.addCustomizer(new SecureRequestCustomizer(false));
    }
    return configuration;
  }

  private ServerConnector secure(SSLContext tls, SlowClients slow) {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setSslContext(tls);
    ssl.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    HttpConnectionFactory connections = new TolerantConnections(http(true));
    return add(
        new ServerConnector(
            server, new TlsConnections(ssl, connections.getProtocol()), connections),
        config.bindAddress(),
        config.httpsPort(),
        slow);
  }

  private ServerConnector plain(SlowClients slow) {
    return add(
        new ServerConnector(server, new TolerantConnections(http(false))),
        "127.0.0.1",
        config.httpPort(),
        slow);
  }

  private ServerConnector add(
      ServerConnector connector, String address, int port, SlowClients slow) {
    connector.setHost(address);
    connector.setPort(port);
    connector.setIdleTimeout(config.limits().idleTime().toMillis());
    connector.addBean(slow, false);
    server.addConnector(connector);
    return connector;
  }

  /**
   * Starts listening.
   *
   * @throws IllegalStateException when an address cannot be listened on
   */
  public ApiServer start() {
    try {
      server.start();
      return this;
    } catch (Exception e) {
      close();
      throw new IllegalStateException(
          "cannot listen on "
              + config.bindAddress()
              + " port "
              + config.httpsPort()
              + " and loopback port "
              + config.httpPort()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** The port of HTTPS, -1 when it is not served. */
  public int httpsPort() {
    return https == null ? -1 : https.getLocalPort();
  }

  /** The loopback port of HTTP, -1 when it is not served. */
  public int httpPort() {
    return http == null ? -1 : http.getLocalPort();
  }

  /** What was counted; features may add gauges. */
  public Metrics metrics() {
    return metrics;
  }

  /** Every method on every path of the model. */
  public static List<Route> routes() {
    return RouteTable.model().routes();
  }

  /** Lets requests in process end, for at most five seconds. */
  @Override
  public void close() {
    streams.stop();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop: " + e.getMessage(), e);
    }
  }
}
