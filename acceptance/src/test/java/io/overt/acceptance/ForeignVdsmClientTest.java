package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.overt.access.pki.CertificateAuthority;
import io.overt.access.pki.KeyFiles;
import io.overt.libvirt.testing.TestGuest;
import io.overt.vdsmrpc.Tls;
import io.overt.vdsmrpc.TlsMaterial;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.ovirt.vdsm.jsonrpc.client.JsonRpcClient;
import org.ovirt.vdsm.jsonrpc.client.JsonRpcResponse;
import org.ovirt.vdsm.jsonrpc.client.RequestBuilder;
import org.ovirt.vdsm.jsonrpc.client.events.EventSubscriber;
import org.ovirt.vdsm.jsonrpc.client.internal.ResponseWorker;
import org.ovirt.vdsm.jsonrpc.client.reactors.ManagerProvider;
import org.ovirt.vdsm.jsonrpc.client.reactors.Reactor;
import org.ovirt.vdsm.jsonrpc.client.reactors.ReactorClient;
import org.ovirt.vdsm.jsonrpc.client.reactors.ReactorFactory;
import org.ovirt.vdsm.jsonrpc.client.reactors.ReactorType;
import org.ovirt.vdsm.jsonrpc.client.reactors.stomp.StompClientPolicy;

/**
 * The client of oVirt's own engine, unmodified, on our agent with real libvirt and QEMU, over
 * mutual TLS and beside our engine, which leaves alone what it did not start.
 */
@Timeout(300)
@ExtendWith({SharedEngine.class, RealHosts.class})
class ForeignVdsmClientTest {
  private final EngineFixture engine;
  private final RealHost host;
  private final List<String> statuses = Collections.synchronizedList(new ArrayList<>());
  private ResponseWorker worker;
  private Reactor reactor;
  private JsonRpcClient client;

  ForeignVdsmClientTest(EngineFixture engine, RealHost host) {
    this.engine = engine;
    this.host = host;
  }

  /** Whoever has the engine's certificate is an engine. */
  private SSLContext identity() {
    KeyFiles keys = CertificateAuthority.open(engine.config().pkiDirectory()).client();
    return Tls.context(new TlsMaterial(keys.certificate(), keys.key(), keys.authority()));
  }

  @BeforeEach
  void connect() throws Exception {
    SSLContext identity = identity();
    worker = ReactorFactory.getWorker(1);
    reactor =
        ReactorFactory.getReactor(
            new ManagerProvider() {
              @Override
              public SSLContext getSSLContext() {
                return identity;
              }

              @Override
              public TrustManager[] getTrustManagers() throws GeneralSecurityException {
                throw new GeneralSecurityException("The context is complete");
              }

              @Override
              public KeyManager[] getKeyManagers() throws GeneralSecurityException {
                throw new GeneralSecurityException("The context is complete");
              }
            },
            ReactorType.STOMP);
    ReactorClient connection = reactor.createClient("127.0.0.1", host.agentPort());
    var policy =
        new StompClientPolicy(
            60_000, 0, 30_000, "jms.topic.vdsm_requests", "jms.topic.vdsm_responses");
    policy.setEventQueue("jms.queue.events");
    connection.setClientPolicy(policy);
    client = worker.register(connection);
    client.setRetryPolicy(policy);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    reactor.close();
    worker.close();
  }

  private JsonNode call(RequestBuilder request) throws Exception {
    JsonRpcResponse response = client.call(request.build()).get(60, TimeUnit.SECONDS);
    assertThat(response.getError()).isNull();
    return response.getResult();
  }

  private int code(RequestBuilder request) throws Exception {
    JsonRpcResponse response = client.call(request.build()).get(60, TimeUnit.SECONDS);
    return response.getError().get("code").asInt();
  }

  private static RequestBuilder vm(String verb, String id) {
    return new RequestBuilder(verb).withParameter("vmID", id);
  }

  @Test
  void aMachineIsBornLivesAndDies(@TempDir Path directory) throws Exception {
    JsonNode capabilities = call(new RequestBuilder("Host.getCapabilities"));
    assertThat(capabilities.get("clusterLevels").toString()).contains("4.8");
    assertThat(capabilities.get("networks").has("ovirtmgmt")).isTrue();
    assertThat(capabilities.get("hooks").isObject()).isTrue();
    assertThat(call(new RequestBuilder("Host.getStats")).get("memFree").asLong()).isPositive();

    worker.getPublisher().subscribe(new Statuses());
    TestGuest guest = new TestGuest("foreign", directory);
    String id = guest.uuid().toString();
    JsonNode created =
        call(vm("VM.create", id).withParameter("vmParams", Map.of("vmId", id, "xml", guest.xml())));
    assertThat(created.get("status").asText()).isEqualTo("WaitForLaunch");
    TestGuest.Heartbeat first = guest.awaitBoot();
    Await.until("events tell of it", () -> statuses, all -> all.contains(id + " Powering up"));

    JsonNode statistics = call(vm("VM.getStats", id)).get(0);
    assertThat(statistics.get("vmId").asText()).isEqualTo(id);
    assertThat(statistics.get("status").asText()).isIn("Up", "Powering up");
    assertThat(statistics.get("displayInfo").get(0).get("type").asText()).isEqualTo("vnc");
    assertThat(call(new RequestBuilder("Host.getVMList")).toString()).contains(id);

    call(vm("VM.pause", id));
    assertThat(call(vm("VM.getStats", id)).get(0).get("status").asText()).isEqualTo("Paused");
    call(vm("VM.cont", id));
    guest.awaitNext(first);

    assertThat(code(vm("VM.create", id).withParameter("vmParams", Map.of("xml", guest.xml()))))
        .as("it exists")
        .isEqualTo(4);
    assertThat(code(new RequestBuilder("Host.noSuchVerb"))).isEqualTo(-32_601);
    call(vm("VM.destroy", id));
    assertThat(code(vm("VM.getStats", id))).as("it is gone").isEqualTo(1);
    assertThat(statuses).contains(id + " Paused", id + " Down");
    assertThat(host.domains()).doesNotContain(id);
  }

  /** The statuses of machines, as the library tells them. */
  private final class Statuses extends EventSubscriber {
    private Flow.Subscription subscription;

    Statuses() {
      super("127.0.0.1|*|VM_status|*");
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(Map<String, Object> event) {
      event.forEach(
          (key, value) -> {
            if (value instanceof Map<?, ?> told) {
              statuses.add(key + " " + told.get("status"));
            }
          });
      subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
      statuses.add(failure.toString());
    }

    @Override
    public void onComplete() {
      // Nothing follows.
    }
  }
}
