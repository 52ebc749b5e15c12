package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.sdk.BadRequest;
import io.overt.sdk.Conflict;
import io.overt.sdk.Connection;
import io.overt.sdk.NotFound;
import io.overt.sdk.Progress;
import io.overt.sdk.Reply;
import io.overt.sdk.Subscription;
import io.overt.sdk.document.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs that learn the types at run time, through the Java SDK. */
@ExtendWith(SharedEngine.class)
class JavaSdkConnectionTest {
  private final EngineFixture engine;

  JavaSdkConnectionTest(EngineFixture engine) {
    this.engine = engine;
  }

  private Connection connect() {
    return Connection.builder()
        .url(engine.config().url() + "/api")
        .login("admin@internal", engine.access().adminPassword())
        .ca(engine.config().authorityDirectory().resolve("ca.pem"))
        .build();
  }

  private static Node diskless(String name) {
    return Node.builder("vm")
        .set("name", name)
        .set("cluster", "Default")
        .set("template", "Blank")
        .set("memory", "268435456")
        .set("os.kernel", "/boot/vmlinuz")
        .set("os.boot.devices", "hd")
        .build();
  }

  @Test
  void aMachineIsMadeStartedChangedAndRemovedByPaths() throws Exception {
    engine.farm();
    try (Connection c = connect()) {
      BlockingQueue<Node> events = new LinkedBlockingQueue<>();
      try (Subscription told = c.events().subscribe(events::add)) {
        Node added = c.add("vms", diskless("dynamic"), Map.of()).node();
        String path = "vms/" + added.id().orElseThrow();
        assertThat(added.text("os.kernel")).contains("/boot/vmlinuz");
        assertThat(added.list("os.boot.devices")).containsExactly("hd");
        assertThat(added.links()).containsKey("nics");
        assertThat(added.actions()).containsKey("start");
        Await.until("made", () -> c.get(path).text("status").orElse(""), "down"::equals);

        Reply started = c.act(path, "start", Node.builder("action").build());
        List<Progress> seen = new CopyOnWriteArrayList<>();
        Progress done =
            c.job(started).orElseThrow().onProgress(seen::add).join(Duration.ofSeconds(30));
        assertThat(done.percent()).isEqualTo(100);
        assertThat(done.steps()).isNotEmpty();
        assertThat(seen).isNotEmpty();
        Node event = events.poll(5, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        assertThat(told.streaming()).isTrue();

        Node changed = c.update(path, Node.builder("vm").set("comment", "x").build(), Map.of());
        assertThat(changed.text("comment")).contains("x");
        assertThat(changed.text("memory")).contains("268435456");
        assertThatThrownBy(() -> c.remove(path, Map.of()))
            .isInstanceOfSatisfying(Conflict.class, e -> assertThat(e.correlationId()).hasSize(36));
        assertThatThrownBy(() -> c.get("vms/nobody")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> c.add("tags", Node.builder("tag").build(), Map.of()))
            .isInstanceOf(BadRequest.class)
            .hasMessageContaining("name");
        Reply stopped = c.act(path, "stop", Node.builder("action").build());
        c.job(stopped).ifPresent(job -> job.join(Duration.ofSeconds(30)));
        Await.until("down", () -> c.get(path).text("status").orElse(""), "down"::equals);
        c.remove(path, Map.of());
      }
    }
  }
}
