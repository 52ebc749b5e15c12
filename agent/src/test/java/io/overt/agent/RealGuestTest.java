package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.AgentMain.RunningAgent;
import io.overt.libvirt.testing.PrivateLibvirt;
import io.overt.libvirt.testing.TestGuest;
import io.overt.vdsmrpc.RpcClient;
import io.overt.vdsmrpc.RpcException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent as it is shipped, over the wire, in front of real libvirt and QEMU. */
@Timeout(300)
class RealGuestTest {

  private final PrivateLibvirt libvirt = PrivateLibvirt.shared();
  private final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
  @TempDir private Path directory;

  private RunningAgent agent() {
    return AgentMain.start(
        AgentSettings.read(
            List.of(
                "--port=0",
                "--bind-address=127.0.0.1",
                "--tls=false",
                "--virt-type=qemu",
                "--libvirt-uri=" + libvirt.uri(),
                "--state-directory=" + directory.resolve("state"),
                "--storage-root=" + directory.resolve("data-center"))));
  }

  private RpcClient connect(RunningAgent agent) {
    RpcClient client =
        RpcClient.builder("127.0.0.1", agent.port())
            .events((method, params) -> events.add(method + params))
            .connect();
    Engine.await(
        "recovery",
        () -> {
          try {
            return Boolean.TRUE.equals(client.call("Host.ping2", Map.of()));
          } catch (RpcException e) {
            return false;
          }
        });
    return client;
  }

  private static Map<String, Object> vm(TestGuest guest) {
    return Map.of("vmID", guest.uuid().toString());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> statistics(RpcClient client, TestGuest guest) {
    List<Object> answer = (List<Object>) client.call("VM.getStats", vm(guest));
    return (Map<String, Object>) answer.getFirst();
  }

  private static void create(RpcClient client, TestGuest guest, String xml) {
    client.call(
        "VM.create",
        Map.of(
            "vmID",
            guest.uuid().toString(),
            "vmParams",
            Map.of("vmId", guest.uuid().toString(), "xml", xml)));
  }

  @Test
  void aGuestBootsSurvivesTheAgentAndShutsDown() {
    TestGuest guest = new TestGuest("agent-life", libvirt.directory());
    TestGuest.Heartbeat beat;
    try (RunningAgent agent = agent();
        RpcClient client = connect(agent)) {
      create(client, guest, guest.xml());
      beat = guest.awaitBoot();
      Engine.await(
          "the event of its start",
          () -> events.stream().anyMatch(event -> event.contains("status=Powering up")));

      Map<String, Object> statistics = statistics(client, guest);
      assertThat(statistics.get("status")).isIn("Powering up", "Up");
      assertThat(statistics).containsEntry("vmName", "agent-life");
      Engine.await(
          "a second sample",
          () -> Double.parseDouble((String) statistics(client, guest).get("cpuUser")) > 0);
      assertThat(String.valueOf(statistics(client, guest).get("disks"))).contains("vda");
      assertThat(String.valueOf(statistics(client, guest).get("displayInfo")))
          .contains("type=vnc")
          .doesNotContain("port=-1,");

      client.call(
          "VM.updateDevice",
          Map.of(
              "vmID",
              guest.uuid().toString(),
              "params",
              Map.of(
                  "deviceType",
                  "graphics",
                  "graphicsType",
                  "vnc",
                  "password",
                  "ticket12",
                  "ttl",
                  120)));
      @SuppressWarnings("unchecked")
      Map<String, Object> picture = (Map<String, Object>) client.call("VM.screenshot", vm(guest));
      assertThat(Base64.getDecoder().decode((String) picture.get("data"))).startsWith(0x89, 'P');

      client.call("VM.pause", vm(guest));
      assertThat(statistics(client, guest)).containsEntry("status", "Paused");
      client.call("VM.cont", vm(guest));
      beat = guest.awaitNext(beat);
    }

    // No agent: the guest goes on. A new one finds it and touches nothing.
    beat = guest.awaitNext(beat);
    try (RunningAgent agent = agent();
        RpcClient client = connect(agent)) {
      assertThat(client.call("Host.getVMList", Map.of()))
          .isEqualTo(List.of(guest.uuid().toString()));
      assertThat(statistics(client, guest)).containsEntry("status", "Up");
      guest.awaitNext(beat);

      client.call("VM.shutdown", vm(guest));
      Engine.await(
          "the guest's end",
          Duration.ofSeconds(60),
          () -> "Down".equals(statistics(client, guest).get("status")));
      assertThat(statistics(client, guest).get("exitCode")).isIn(0, 0L);
      assertThat(statistics(client, guest).get("exitReason")).isIn(6, 6L);
      client.call("VM.destroy", vm(guest));
      assertThat(client.call("Host.getVMList", Map.of())).isEqualTo(List.of());
    }
  }

  @Test
  void aGuestThatCannotStartIsDownWithLibvirtsReason() {
    TestGuest guest = new TestGuest("agent-broken", libvirt.directory());
    try (RunningAgent agent = agent();
        RpcClient client = connect(agent)) {
      create(client, guest, guest.xml().replace(guest.disk().toString(), guest.disk() + ".absent"));
      Engine.await(
          "the failure",
          Duration.ofSeconds(60),
          () -> "Down".equals(statistics(client, guest).get("status")));
      assertThat(String.valueOf(statistics(client, guest).get("exitMessage"))).contains(".absent");
      client.call("VM.destroy", vm(guest));
    }
  }

  @Test
  void aDestroyedGuestIsGone() {
    TestGuest guest = new TestGuest("agent-destroy", libvirt.directory());
    try (RunningAgent agent = agent();
        RpcClient client = connect(agent)) {
      create(client, guest, guest.xml());
      client.call("VM.destroy", vm(guest));
      assertThat(client.call("Host.getVMList", Map.of())).isEqualTo(List.of());
      assertThat(agent.hypervisor().find(guest.uuid())).isEmpty();
    }
  }

  @Test
  void theHostIsDescribed() {
    try (RunningAgent agent = agent();
        RpcClient client = connect(agent)) {
      String capabilities = String.valueOf(client.call("Host.getCapabilities", Map.of()));
      assertThat(capabilities)
          .contains("model_qemu64")
          .contains("kvmEnabled=true")
          .contains("pc-q35");
      assertThat(String.valueOf(client.call("Host.getStats", Map.of()))).contains("cpuIdle=");
      assertThat(String.valueOf(client.call("Host.hostdevListByCaps", Map.of())))
          .contains("capability=");
    }
  }
}
