package io.overt.bench;

import io.overt.dist.Installation;
import io.overt.dist.api.ApiClient;
import io.overt.dist.process.Daemon;
import io.overt.dist.process.ProcessRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An engine in a process of its own, started as {@code ./overt up} starts one. */
final class BenchEngine implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofMinutes(3);

  private final Path state;
  private final int port;
  private final Daemon daemon;
  private final ProcessHandle process;
  private final long started;
  private Optional<SSLContext> trust = Optional.empty();
  private String session = "";

  private BenchEngine(Path state, int port, Daemon daemon, ProcessHandle process, long started) {
    this.state = state;
    this.port = port;
    this.daemon = daemon;
    this.process = process;
    this.started = started;
  }

  /** Starts one and returns at once. */
  static BenchEngine launch(Installation installation, Path state) {
    try {
      Files.createDirectories(state.resolve("run"));
      int port = freePort();
      Daemon daemon = new Daemon("engine", state);
      if (daemon.running().isPresent()) {
        throw new BenchFailure("an engine of " + state + " runs already");
      }
      List<String> arguments =
          List.of(
              "note:https-port=" + port,
              "--state-directory=" + state,
              "--bind-address=127.0.0.1",
              "--https-port=" + port,
              "--http-port=0");
      long started = System.nanoTime();
      return new BenchEngine(
          state, port, daemon, daemon.start(installation.engine(), arguments).toHandle(), started);
    } catch (IOException e) {
      throw new BenchFailure("cannot use " + state + ": " + e, e);
    }
  }

  /** The one that runs in that directory. */
  static BenchEngine running(Path state) {
    Daemon daemon = new Daemon("engine", state);
    ProcessRecord record =
        daemon.running().orElseThrow(() -> new BenchFailure("no engine of " + state + " runs"));
    int port = Integer.parseInt(record.notes().getOrDefault("https-port", "0"));
    ProcessHandle process = ProcessHandle.of(record.pid()).orElseThrow();
    return new BenchEngine(state, port, daemon, process, System.nanoTime());
  }

  /** Starts one and waits until it answers. */
  static BenchEngine start(Installation installation, Path state) {
    BenchEngine engine = launch(installation, state);
    engine.awaitHealth();
    engine.logIn();
    return engine;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Seconds from the process's start until it first answered 200. */
  double awaitHealth() {
    byte[] request = HttpConnection.get("/ovirt-engine/services/health", "Connection: close");
    while (System.nanoTime() - started < START_WITHIN.toNanos()) {
      if (!process.isAlive()) {
        throw new BenchFailure("the engine ended while it started; see " + daemon.log());
      }
      try (HttpConnection connection = connect()) {
        if (connection.send(request).status() == 200) {
          return (System.nanoTime() - started) / 1e9;
        }
      } catch (IOException notYet) {
        Site.sleep(Duration.ofMillis(4));
      }
    }
    close();
    throw new BenchFailure("the engine did not answer within " + START_WITHIN.toSeconds() + " s");
  }

  /**
   * Opens a session, with which {@link #session} speaks.
   *
   * @return seconds from the process's start until this was answered
   */
  double logIn() {
    try (HttpConnection connection = connect()) {
      String credentials = "admin@internal:" + password();
      String basic =
          Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
      HttpConnection.Answer answer =
          connection.send(HttpConnection.get("/ovirt-engine/api", "Authorization: Basic " + basic));
      if (answer.status() != 200 || answer.cookie() == null) {
        throw new BenchFailure("the login was answered with status " + answer.status());
      }
      session = "Cookie: " + answer.cookie();
      return (System.nanoTime() - started) / 1e9;
    } catch (IOException e) {
      throw new BenchFailure("the login was not answered: " + e, e);
    }
  }

  private String password() throws IOException {
    return Files.readString(state.resolve("admin-password")).strip();
  }

  /** The header that names the session. */
  String session() {
    return session;
  }

  ProcessTree processes() {
    return new ProcessTree(process.pid());
  }

  /** Where it answers, up to the API's parent. */
  String address() {
    return "https://localhost:" + port + "/ovirt-engine";
  }

  /** A client for what is set up and not measured. */
  ApiClient api() {
    try {
      return ApiClient.of(address(), authority(), "admin@internal", password());
    } catch (IOException e) {
      throw new BenchFailure("cannot read the password: " + e, e);
    }
  }

  private Path authority() {
    return state.resolve("pki").resolve("ca.pem");
  }

  HttpConnection connect() throws IOException {
    if (trust.isEmpty()) {
      trust = Optional.of(trusting(authority()));
    }
    return new HttpConnection(trust.get(), port);
  }

  private static SSLContext trusting(Path authority) throws IOException {
    try (InputStream pem = Files.newInputStream(authority)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("not a certificate yet: " + authority, e);
    }
  }

  /** Stops it, with its database. */
  @Override
  public void close() {
    daemon.stop();
    process.destroy();
  }
}
