package io.overt.acceptance;

import io.overt.agent.simulated.SimulatedHosts;
import io.overt.agent.simulated.SimulatedTimes;
import io.overt.engine.config.AdminClient;
import io.overt.engine.config.EngineConfig;
import io.overt.vdsmrpc.Tls;
import io.overt.vdsmrpc.TlsMaterial;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.ConnectionBuilder;

/**
 * How clients and hosts get to an engine, in this process or another, with what its administrator
 * finds in the state directory.
 */
public final class EngineAccess {
  private static final String STORE_PASSWORD = "public";

  private final EngineConfig config;

  EngineAccess(EngineConfig config) {
    this.config = config;
  }

  /** The SDK, logged in as the administrator. */
  Connection connect() {
    return connect("admin@internal", adminPassword());
  }

  Connection connect(String user, String password) {
    return ConnectionBuilder.connection()
        .url(config.url() + "/api")
        .user(user)
        .password(password)
        .trustStoreFile(trustStore().toString())
        .trustStorePassword(STORE_PASSWORD)
        .timeout(60_000)
        .build();
  }

  Connection connectWithToken(String token) {
    return ConnectionBuilder.connection()
        .url(config.url() + "/api")
        .token(token)
        .trustStoreFile(trustStore().toString())
        .trustStorePassword(STORE_PASSWORD)
        .build();
  }

  /** The SDK of version 3, logged in as the administrator. */
  org.ovirt.engine.sdk.Api connectOld() throws Exception {
    return connectOld("admin@internal", adminPassword(), false);
  }

  org.ovirt.engine.sdk.Api connectOld(String user, String password, boolean filter)
      throws Exception {
    return new org.ovirt.engine.sdk.ApiBuilder()
        .url(config.url() + "/api")
        .user(user)
        .password(password)
        .keyStorePath(trustStore().toString())
        .keyStorePassword(STORE_PASSWORD)
        .requestTimeout(60_000)
        .persistentAuth(true)
        .filter(filter)
        .build();
  }

  /** What every path begins with: {@code https://localhost:8443/ovirt-engine}. */
  String url() {
    return config.url();
  }

  public String adminPassword() {
    try {
      return Files.readString(passwordFile()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path passwordFile() {
    return config.adminPasswordFile().orElse(config.generatedPasswordFile());
  }

  /** Whether an engine ever came so far as to make its authority and its administrator. */
  boolean isSetUp() {
    return Files.exists(passwordFile())
        && Files.exists(config.authorityDirectory().resolve("ca.pem"));
  }

  /** What trusts the engine's authority and nobody else. */
  public SSLContext trust() {
    try (InputStream store = Files.newInputStream(trustStore())) {
      KeyStore keys = KeyStore.getInstance("JKS");
      keys.load(store, STORE_PASSWORD.toCharArray());
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(keys);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot trust the engine's authority", e);
    }
  }

  /** Sends XML that the SDK would not: the answer's status and body. */
  String post(String path, String xml) {
    String credentials = "admin@internal:" + adminPassword();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(config.url() + "/api/" + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/xml")
            .header("Accept", "application/xml")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .POST(HttpRequest.BodyPublishers.ofString(xml))
            .build();
    try (HttpClient client = HttpClient.newBuilder().sslContext(trust()).build()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() + " " + response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Path trustStore() {
    Path store = config.stateDirectory().resolve("trust.jks");
    if (Files.exists(store)) {
      return store;
    }
    try (InputStream authority =
            Files.newInputStream(config.authorityDirectory().resolve("ca.pem"));
        OutputStream target = Files.newOutputStream(store)) {
      KeyStore keys = KeyStore.getInstance("JKS");
      keys.load(null, null);
      keys.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(authority));
      keys.store(target, STORE_PASSWORD.toCharArray());
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot write " + store, e);
    }
  }

  /** Simulated hosts with certificates of this engine, not registered yet. */
  public SimulatedHosts startHosts(int count, SimulatedTimes times) {
    Path directory = config.pkiDirectory().resolve("hosts").resolve("simulated");
    new AdminClient(config.runDirectory())
        .call(
            "enroll host",
            Map.of(
                "name", "simulated",
                "addresses", List.of("127.0.0.1"),
                "directory", directory.toString()));
    TlsMaterial material =
        new TlsMaterial(
            directory.resolve("cert.pem"),
            directory.resolve("key.pem"),
            directory.resolve("ca.pem"));
    return SimulatedHosts.start(
        SimulatedHosts.Plan.of(count, 0).withTls(Tls.context(material)).withTimes(times));
  }
}
