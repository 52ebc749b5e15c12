package io.overt.acceptance;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.agent.simulated.Faults;
import io.overt.agent.simulated.SimulatedHost;
import io.overt.sdk.BadRequest;
import io.overt.sdk.Client;
import io.overt.sdk.Conflict;
import io.overt.sdk.Forbidden;
import io.overt.sdk.JobFailed;
import io.overt.sdk.NotFound;
import io.overt.sdk.Operation;
import io.overt.sdk.Progress;
import io.overt.sdk.Ref;
import io.overt.sdk.RetryPolicy;
import io.overt.sdk.Size;
import io.overt.sdk.Subscription;
import io.overt.sdk.Transport;
import io.overt.sdk.Unauthorized;
import io.overt.sdk.WaitTimeout;
import io.overt.sdk.document.Node;
import io.overt.sdk.services.VmService;
import io.overt.sdk.types.Domain;
import io.overt.sdk.types.Event;
import io.overt.sdk.types.Host;
import io.overt.sdk.types.Nic;
import io.overt.sdk.types.OperatingSystem;
import io.overt.sdk.types.Permission;
import io.overt.sdk.types.Role;
import io.overt.sdk.types.Tag;
import io.overt.sdk.types.User;
import io.overt.sdk.types.Vm;
import io.overt.sdk.types.VmStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The Java SDK against an engine with simulated hosts. */
@ExtendWith(SharedEngine.class)
class JavaSdkTest {
  private static final String PASSWORD = "Correct-Horse-7";

  private final EngineFixture engine;

  JavaSdkTest(EngineFixture engine) {
    this.engine = engine;
  }

  private Path ca() {
    return engine.config().authorityDirectory().resolve("ca.pem");
  }

  private Client connect() {
    return connect("admin@internal", engine.access().adminPassword());
  }

  private Client connect(String user, String password) {
    return Client.builder()
        .url(engine.config().url() + "/api")
        .login(user, password)
        .ca(ca())
        .retries(RetryPolicy.none())
        .build();
  }

  private static Vm diskless(String name) {
    return Vm.builder()
        .name(name)
        .cluster(Ref.name("Default"))
        .template(Ref.name("Blank"))
        .memory(Size.mib(256))
        .os(OperatingSystem.builder().kernel("/boot/vmlinuz").initrd("/boot/initrd").build())
        .build();
  }

  /** The sample of the documentation, with the names of this engine. */
  @Test
  void theSampleRuns() throws Exception {
    engine.farm();
    String url = engine.config().url() + "/api";
    String pw = engine.access().adminPassword();
    AtomicInteger bar = new AtomicInteger();
    BlockingQueue<Event> told = new LinkedBlockingQueue<>();
    try (var c = Client.builder().url(url).login("admin@internal", pw).ca(ca()).build()) {
      long lastIndex = c.events().newest();
      Vm vm = c.vms().add(diskless("web01"));
      assertThat(c.vms().byName("web01").orElseThrow().id()).isEqualTo(vm.id());
      assertThat(c.vms().byName("web02")).isEmpty();
      var v = c.vms().id(vm.id());
      Vm up = v.start().waitFor(VmStatus.UP, ofMinutes(3));
      String host = c.hosts().id(up.host().id()).get().name();
      String other = host.equals("shared-2") ? "shared-1" : "shared-2";

      Operation<Vm> m = v.migrate(o -> o.host(other));
      m.onProgress(p -> bar.set(p.percent()));
      Vm moved = m.join(ofSeconds(30));
      assertThat(moved.host().id()).isEqualTo(c.hosts().byName(other).orElseThrow().id());
      Await.until("the bar is full", bar::get, percent -> percent == 100);

      try (Stream<Vm> s = c.vms().search("name=web01").follow(Vm.NICS).pageSize(100).stream()) {
        assertThat(s.map(Vm::name)).containsExactly("web01");
      }
      assertThat(c.async().vms().list().thenApply(List::size).get(10, TimeUnit.SECONDS))
          .isPositive();
      try (Subscription subscription = c.events().after(lastIndex).subscribe(told::add)) {
        Event first = told.poll(5, TimeUnit.SECONDS);
        assertThat(first).isNotNull();
        assertThat(first.index()).isEqualTo(lastIndex + 1);
        Await.until("it streams", subscription::streaming, Boolean::booleanValue);
      }
      v.stop().waitFor(VmStatus.DOWN, ofSeconds(30));
      v.remove().join();
      assertThat(v.find()).isEmpty();
    }
  }

  @Test
  void whatFailsLaterIsAFailedJobWithItsSteps() {
    HostFarm farm = engine.farm();
    try (Client c = connect()) {
      Vm vm = c.vms().add(diskless("unlucky"));
      VmService machine = c.vms().id(vm.id());
      UUID id = UUID.fromString(vm.id());
      for (SimulatedHost host : farm.hosts().hosts()) {
        host.hypervisor().faults().fail(Faults.Operation.CREATE, "no such kernel", 10, id::equals);
      }
      assertThatThrownBy(() -> machine.start().waitFor(VmStatus.UP, ofSeconds(30)))
          .isInstanceOfSatisfying(
              JobFailed.class,
              e -> {
                assertThat(e.steps()).extracting(Progress.Step::status).contains("failed");
                assertThat(e.progress().description()).contains("unlucky");
                assertThat(e.detail().orElse("")).contains("unlucky");
              });
      assertThatThrownBy(() -> machine.start().join(ofSeconds(30))).isInstanceOf(JobFailed.class);
      machine.waitFor(VmStatus.DOWN, ofSeconds(10));
      machine.remove();
    }
  }

  @Test
  void aMachineShowsItsScreen() {
    engine.farm();
    try (Client c = connect()) {
      VmService machine = c.vms().id(c.vms().add(diskless("seen")).id());
      machine.start().waitFor(VmStatus.UP, ofSeconds(30));
      assertThat(machine.screenshot()).startsWith(0x89, 0x50, 0x4e, 0x47);
      machine.stop().waitFor(VmStatus.DOWN, ofSeconds(30));
      machine.remove();
    }
  }

  @Test
  void anEventArrivesWithinASecond() throws Exception {
    BlockingQueue<Event> told = new LinkedBlockingQueue<>();
    try (Client c = connect();
        Subscription subscription = c.events().live().subscribe(told::add)) {
      Await.until("it streams", subscription::streaming, Boolean::booleanValue);
      Tag tag = c.tags().add(Tag.builder().name("java-told").build());
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
      Event event = told.poll(1, TimeUnit.SECONDS);
      while (event != null && !event.description().contains("java-told")) {
        event = told.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      assertThat(event).isNotNull();
      c.tags().id(tag.id()).remove();
    }
  }

  @Test
  void aListIsReadPageByPageAsItIsUsed() {
    try (Client c = connect()) {
      List<String> ids =
          IntStream.range(0, 5)
              .mapToObj(number -> c.vms().add(diskless("pages-" + number)).id())
              .toList();
      assertThat(c.vms().search("name=pages-* sortby name").pageSize(2).stream().map(Vm::name))
          .containsExactly("pages-0", "pages-1", "pages-2", "pages-3", "pages-4");
      assertThat(c.vms().search("name=pages-* sortby name").pageSize(2).max(3).list()).hasSize(3);
      assertThat(c.vms().search("name=pages-* sortby name desc").first().orElseThrow().name())
          .isEqualTo("pages-4");
      ids.forEach(id -> c.vms().id(id).remove());
      assertThat(c.vms().search("name=pages-*").list()).isEmpty();
    }
  }

  @Test
  void aChangeSendsWhatWasSetAndNothingElse() {
    try (Client c = connect()) {
      Vm vm = c.vms().add(diskless("partly").with(b -> b.comment("stays").description("goes")));
      VmService machine = c.vms().id(vm.id());
      // Somebody else changes it in between; what was read is not sent back.
      machine.update(b -> b.comment("theirs"));
      Vm changed = machine.update(vm.with(b -> b.memory(Size.mib(512)).clear(Vm.DESCRIPTION)));
      assertThat(changed.memory()).isEqualTo(Size.mib(512));
      assertThat(changed.comment()).isEqualTo("theirs");
      assertThat(changed.description()).isEmpty();
      assertThat(changed.os().kernel()).isEqualTo("/boot/vmlinuz");

      Nic nic = c.vms().id(vm.id()).nics().add(Nic.builder().name("nic1").build());
      assertThat(nic.mac().address()).isNotEmpty();
      Vm followed = machine.get(o -> o.follow(Vm.NICS, Vm.CLUSTER));
      assertThat(followed.nics()).extracting(Nic::name).containsExactly("nic1");
      assertThat(followed.cluster().name()).isEqualTo("Default");
      assertThat(machine.get().has(Vm.NICS)).isFalse();
      machine.remove();
    }
  }

  @Test
  void refusalsSayWhatIsWrongAndWithWhichCall() throws Exception {
    engine.farm();
    try (Client c = connect()) {
      Tag tag = c.tags().add(Tag.builder().name("twice").build());
      assertThatThrownBy(
              () ->
                  c.tags()
                      .add(Tag.builder().name("twice").build(), o -> o.correlationId("my-call")))
          .isInstanceOfSatisfying(
              Conflict.class,
              e -> {
                assertThat(e.status()).isEqualTo(409);
                assertThat(e.retryable()).isFalse();
                assertThat(e.correlationId()).isEqualTo("my-call");
                assertThat(e.method()).isEqualTo("POST");
                assertThat(e.address().getPath()).endsWith("/api/tags");
                assertThat(e.detail().orElse("")).contains("twice");
              });
      c.tags().id(tag.id()).remove();
      assertThatThrownBy(() -> c.tags().add(Tag.builder().build()))
          .isInstanceOf(BadRequest.class)
          .hasMessageContaining("name");
      assertThatThrownBy(() -> c.vms().id("nobody").get()).isInstanceOf(NotFound.class);
      Vm vm = c.vms().add(diskless("waits"));
      assertThatThrownBy(() -> c.vms().id(vm.id()).waitFor(VmStatus.UP, ofSeconds(1)))
          .isInstanceOfSatisfying(
              WaitTimeout.class, e -> assertThat(e.lastSeen()).isEqualTo("down"));
      c.vms().id(vm.id()).remove();
    }
    try (Client c = connect("admin@internal", "wrong-horse")) {
      assertThatThrownBy(() -> c.vms().list())
          .isInstanceOf(Unauthorized.class)
          .hasMessageContaining("access_denied")
          .hasMessageNotContaining("wrong-horse");
    }
  }

  @Test
  void aUserSeesAndMayDoOnlyWhatARoleAllows() throws Exception {
    engine.channel().call("user add", Map.of("name", "june", "password", PASSWORD));
    try (Client c = connect()) {
      Vm hers = c.vms().add(diskless("june-hers"));
      Vm other = c.vms().add(diskless("june-other"));
      User june =
          c.users()
              .add(
                  User.builder()
                      .userName("june@internal-authz")
                      .domain(Domain.builder().name("internal-authz").build())
                      .build());
      c.vms()
          .id(hers.id())
          .permissions()
          .add(Permission.builder().role(Ref.name("UserRole")).user(june.ref()).build());
      assertThat(c.vms().id(hers.id()).permissions().list(o -> o.follow("role")))
          .extracting(permission -> permission.role().name())
          .contains("UserRole");
      try (Client hersOnly = connect("june@internal", PASSWORD)) {
        assertThat(hersOnly.vms().list()).extracting(Vm::name).containsExactly("june-hers");
        assertThatThrownBy(() -> hersOnly.vms().id(other.id()).get()).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> hersOnly.tags().add(Tag.builder().name("no").build()))
            .isInstanceOf(Forbidden.class);
      }
      c.vms().id(hers.id()).remove();
      c.vms().id(other.id()).remove();
    }
  }

  @Test
  void aTokenThatEndedIsReplacedOnceForAUserButNotForAToken() throws Exception {
    try (Client c = connect()) {
      String token = c.connection().token();
      Client guest =
          Client.builder()
              .url(engine.config().url() + "/api")
              .token(token)
              .ca(ca())
              .retries(RetryPolicy.none())
              .build();
      assertThat(guest.get().productInfo().name()).isNotEmpty();
      logOut(token);
      assertThatThrownBy(guest::get)
          .isInstanceOf(Unauthorized.class)
          .hasMessageNotContaining(token);
      guest.close();
      assertThat(c.get().authenticatedUser()).isNotNull();
      assertThat(c.connection().token()).isNotEqualTo(token);
    }
  }

  /** As another program does that was given the token. */
  private void logOut(String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(engine.config().url() + "/services/sso-logout"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("scope=ovirt-app-api&token=" + token))
            .build();
    try (HttpClient http = HttpClient.newBuilder().sslContext(engine.access().trust()).build()) {
      assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    }
  }

  /** An authority that did not sign the engine's certificate. */
  private static void writeSomeAuthority(Path file) throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    X509Certificate authority =
        ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];
    String body = Base64.getMimeEncoder().encodeToString(authority.getEncoded());
    Files.writeString(
        file, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
  }

  @Test
  void whoIsNotVouchedForIsNotTheEngine(@TempDir Path directory) throws Exception {
    Path foreign = directory.resolve("foreign.pem");
    writeSomeAuthority(foreign);
    try (Client c =
        Client.builder()
            .url(engine.config().url() + "/api")
            .login("admin@internal", "secret-horse")
            .ca(foreign)
            .retries(RetryPolicy.none())
            .build()) {
      assertThatThrownBy(c::get)
          .isInstanceOf(Transport.class)
          .hasMessageContaining("not trusted")
          .hasMessageNotContaining("secret-horse");
    }
    try (Client c =
        Client.builder()
            .url(engine.config().url() + "/api")
            .login("admin@internal", engine.access().adminPassword())
            .insecure()
            .build()) {
      assertThat(c.get().productInfo()).isNotNull();
    }
  }

  @Test
  void connectionsThatAreCutAreMadeAgain() throws Exception {
    BlockingQueue<Event> told = new LinkedBlockingQueue<>();
    try (Relay relay = Relay.to(engine.config().httpsPort());
        Client c =
            Client.builder()
                .url("https://localhost:" + relay.port() + "/ovirt-engine/api")
                .login("admin@internal", engine.access().adminPassword())
                .ca(ca())
                .retries(new RetryPolicy(3, ofMillis(50), ofMillis(50)))
                .build();
        Subscription subscription =
            c.events().live().pollEvery(ofMillis(100)).subscribe(told::add)) {
      Await.until("it streams", subscription::streaming, Boolean::booleanValue);
      relay.cut();
      assertThat(c.tags().byName("root")).isPresent();
      Tag tag = c.tags().add(Tag.builder().name("after-the-cut").build());
      Event event = told.poll(5, TimeUnit.SECONDS);
      while (event != null && !event.description().contains("after-the-cut")) {
        event = told.poll(5, TimeUnit.SECONDS);
      }
      assertThat(event).isNotNull();
      c.tags().id(tag.id()).remove();
      relay.close();
      assertThatThrownBy(c::get).isInstanceOf(Transport.class);
    }
  }

  @Test
  void theSameIsThereForWhatIsKnownAtRunTimeOnly() throws Exception {
    engine.farm();
    try (Client typed = connect()) {
      var c = typed.connection();
      Node added =
          c.add(
                  "vms",
                  Node.builder("vm")
                      .set("name", "dynamic")
                      .set("cluster", "Default")
                      .set("template", "Blank")
                      .set("os.kernel", "/boot/vmlinuz")
                      .set("os.boot.devices", "hd")
                      .build(),
                  Map.of())
              .node();
      String path = "vms/" + added.id().orElseThrow();
      assertThat(added.list("os.boot.devices")).containsExactly("hd");
      assertThat(added.links()).containsKey("nics");
      assertThat(added.actions()).containsKey("start");
      var seen = new CopyOnWriteArrayList<Integer>();
      c.job(c.act(path, "start", Node.builder("action").build()))
          .orElseThrow()
          .onProgress(progress -> seen.add(progress.percent()))
          .join(ofSeconds(30));
      assertThat(seen).isNotEmpty();
      // A job that starts a machine ends when the host runs it, be it still powering up.
      typed.vms().id(added.id().orElseThrow()).waitFor(VmStatus.UP, ofSeconds(30));
      assertThat(
              Host.of(c.get("hosts/" + c.get(path).node("host").orElseThrow().id().get())).name())
          .startsWith("shared-");
      c.job(c.act(path, "stop", Node.builder("action").build()))
          .ifPresent(job -> job.join(ofSeconds(30)));
      typed.vms().id(added.id().orElseThrow()).waitFor(VmStatus.DOWN, ofSeconds(30));
      c.remove(path, Map.of());
      assertThat(c.find(path)).isEmpty();
      assertThat(Role.of(c.list("roles", Map.of()).getFirst()).name()).isNotEmpty();
    }
  }
}
