package io.overt.vdsmrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

/** The client that oVirt's own engine uses, unmodified, against our server over mutual TLS. */
class ForeignJavaClientTest {
  private static final ManagerProvider ENGINE =
      new ManagerProvider() {
        @Override
        public SSLContext getSSLContext() {
          return Tls.context(TestPki.ours().engine());
        }

        @Override
        public TrustManager[] getTrustManagers() throws GeneralSecurityException {
          throw new GeneralSecurityException("The context is complete");
        }

        @Override
        public KeyManager[] getKeyManagers() throws GeneralSecurityException {
          throw new GeneralSecurityException("The context is complete");
        }
      };

  /** One of each for the whole process: the library keeps them in static fields. */
  private static final ResponseWorker WORKER = ReactorFactory.getWorker(2);

  private final ToyVerbs verbs = new ToyVerbs();
  private final LinkedBlockingQueue<String> gone = new LinkedBlockingQueue<>();
  private RpcServer server;
  private Reactor reactor;
  private JsonRpcClient client;

  @BeforeEach
  void connect() throws Exception {
    server =
        RpcServer.builder(verbs)
            .tls(Tls.context(TestPki.ours().host()))
            .peers(
                new PeerListener() {
                  @Override
                  public void disconnected(RpcPeer peer, String reason) {
                    gone.add(reason);
                  }
                })
            .start();
    reactor = ReactorFactory.getReactor(ENGINE, ReactorType.STOMP);
    ReactorClient connection = reactor.createClient("127.0.0.1", server.port());
    var policy =
        new StompClientPolicy(
            60_000, 0, 30_000, "jms.topic.vdsm_requests", "jms.topic.vdsm_responses");
    policy.setEventQueue("jms.queue.events");
    policy.setIdentifier("simulated-7");
    connection.setClientPolicy(policy);
    client = WORKER.register(connection);
    client.setRetryPolicy(policy);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @AfterAll
  static void closeLibrary() throws Exception {
    ReactorFactory.getReactor(ENGINE, ReactorType.STOMP).close();
    WORKER.close();
  }

  @Test
  void callsVerbs() throws Exception {
    assertThat(call(new RequestBuilder("Host.ping2")).getResult().asBoolean()).isTrue();

    JsonRpcResponse who = call(new RequestBuilder("Toy.who"));
    assertThat(who.getResult().get("host").asText()).isEqualTo("simulated-7");
    assertThat(who.getResult().get("cn").asText()).isEqualTo("engine.test");

    String large = "é".repeat(100_000);
    JsonRpcResponse echo =
        call(
            new RequestBuilder("Toy.echo")
                .withParameter("text", large)
                .withOptionalParameterAsList("list", List.of("a", "b"))
                .withParameter("map", Map.of("k", 1)));
    assertThat(echo.getResult().get("text").asText()).isEqualTo(large);
    assertThat(echo.getResult().get("list").get(1).asText()).isEqualTo("b");
    assertThat(echo.getResult().get("map").get("k").asInt()).isEqualTo(1);
  }

  @Test
  void understandsErrors() throws Exception {
    JsonRpcResponse response = call(new RequestBuilder("VM.destroy").withParameter("vmID", "zz"));

    assertThat(response.getError().get("code").asInt()).isEqualTo(1);
    assertThat(response.getError().get("message").asText())
        .isEqualTo("Virtual machine does not exist");
    assertThat(call(new RequestBuilder("No.verb")).getError().get("code").asInt())
        .isEqualTo(-32601);
  }

  @Test
  void matchesAnswersThatComeOutOfOrder() throws Exception {
    Future<JsonRpcResponse> slow = client.call(new RequestBuilder("Toy.wait").build());
    assertThat(verbs.waiting.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(call(new RequestBuilder("Host.ping2")).getResult().asBoolean()).isTrue();
    verbs.release.countDown();

    assertThat(slow.get(60, TimeUnit.SECONDS).getResult().asText()).isEqualTo("released");
  }

  @Test
  void receivesEvents() throws Exception {
    var received = new ArrayBlockingQueue<Map<String, Object>>(4);
    WORKER.getPublisher().subscribe(new Collector("127.0.0.1|*|VM_status|*", received));
    call(new RequestBuilder("Host.ping2"));

    assertThat(
            server.publish(
                "|virt|VM_status|vm-1",
                Map.of("vm-1", Map.of("status", "Up"), "notify_time", 2148550789L)))
        .isEqualTo(1);

    Map<String, Object> event = received.poll(60, TimeUnit.SECONDS);
    assertThat(event).containsEntry("vm-1", Map.of("status", "Up")).containsKey("notify_time");
  }

  @Test
  void leavesInGoodOrder() throws Exception {
    call(new RequestBuilder("Host.ping2"));
    client.close();

    assertThat(gone.poll(60, TimeUnit.SECONDS)).isNotNull();
    assertThat(server.peerCount()).isZero();
  }

  private JsonRpcResponse call(RequestBuilder request) throws Exception {
    try {
      return client.call(request.build()).get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw new AssertionError(failure);
    }
  }

  private static final class Collector extends EventSubscriber {
    private final ArrayBlockingQueue<Map<String, Object>> received;
    private Flow.Subscription subscription;

    Collector(String id, ArrayBlockingQueue<Map<String, Object>> received) {
      super(id);
      this.received = received;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(Map<String, Object> event) {
      received.add(event);
      subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {
      // Nothing follows.
    }
  }
}
