package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.agent.simulated.SimulatedHosts;
import io.overt.agent.simulated.SimulatedTimes;
import io.overt.vdsmrpc.PeerIdentity;
import io.overt.vdsmrpc.RpcCall;
import io.overt.vdsmrpc.RpcClient;
import io.overt.vdsmrpc.RpcException;
import io.overt.vdsmrpc.RpcPeer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many agents in one process, over the wire. */
@Timeout(120)
class SimulatedHostsTest {

  private static SimulatedHosts start(int count) {
    return SimulatedHosts.start(
        SimulatedHosts.Plan.of(count, 0).withTimes(SimulatedTimes.instant()));
  }

  private static Object create(RpcClient client, UUID id) {
    return client.call(
        "VM.create",
        Map.of("vmID", id.toString(), "vmParams", Map.of("xml", TestXml.domain(id, "vm" + id))));
  }

  private static void awaitReady(RpcClient client) {
    Engine.await(
        "recovery",
        () -> {
          try {
            return Boolean.TRUE.equals(client.call("Host.ping2", Map.of()));
          } catch (RpcException e) {
            assertThat(e.code()).isEqualTo(99);
            return false;
          }
        });
  }

  @Test
  void anEngineConnectsStartsAMachineAndHearsOfIt() {
    ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
    UUID id = UUID.randomUUID();
    try (SimulatedHosts hosts = start(1);
        RpcClient client =
            RpcClient.builder("127.0.0.1", hosts.host(0).port())
                .events((method, params) -> events.add(method + params))
                .connect()) {
      awaitReady(client);
      create(client, id);
      Engine.await(
          "the machine's events",
          () -> events.stream().anyMatch(event -> event.contains("status=Up")));
      Engine.await(
          "the connection's event",
          () -> events.stream().anyMatch(event -> event.startsWith("|net|host_conn|no_id")));
      assertThat(events).anyMatch(event -> event.startsWith("|virt|VM_status|" + id));
    }
  }

  @Test
  void aRestartedAgentHasItsGuestsAgain() {
    UUID id = UUID.randomUUID();
    try (SimulatedHosts hosts = start(1)) {
      try (RpcClient client = RpcClient.builder("127.0.0.1", hosts.host(0).port()).connect()) {
        awaitReady(client);
        create(client, id);
      }
      Engine.await("the guest", () -> hosts.host(0).hypervisor().find(id).isPresent());
      hosts.host(0).stopAgent();
      hosts.host(0).startAgent();
      try (RpcClient client = RpcClient.builder("127.0.0.1", hosts.host(0).port()).connect()) {
        awaitReady(client);
        assertThat(client.call("Host.getVMList", Map.of())).isEqualTo(List.of(id.toString()));
      }
    }
  }

  @Test
  void hostsShareTheirStorage() {
    String domain = UUID.randomUUID().toString();
    Map<String, Object> connection =
        Map.of(
            "storagepoolID",
            domain,
            "domainType",
            1,
            "connectionParams",
            List.of(Map.of("id", domain, "connection", "nas:/export")));
    try (SimulatedHosts hosts = start(2);
        RpcClient one = RpcClient.builder("127.0.0.1", hosts.host(0).port()).connect();
        RpcClient two = RpcClient.builder("127.0.0.1", hosts.host(1).port()).connect()) {
      awaitReady(one);
      awaitReady(two);
      one.call("StoragePool.connectStorageServer", connection);
      one.call(
          "StorageDomain.create",
          Map.of(
              "storagedomainID",
              domain,
              "domainType",
              1,
              "typeArgs",
              "nas:/export",
              "name",
              "data",
              "domainClass",
              1));
      assertThatThrownBy(() -> two.call("StorageDomain.getInfo", Map.of("storagedomainID", domain)))
          .hasMessageContaining("not on any connected storage server");
      two.call("StoragePool.connectStorageServer", connection);
      assertThat(
              String.valueOf(two.call("StorageDomain.getInfo", Map.of("storagedomainID", domain))))
          .contains("name=data");
    }
  }

  @Test
  void aHundredHostsWithTenGuestsEachFitInOneProcess() throws Exception {
    try (SimulatedHosts hosts = start(100);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var guests =
          hosts.hosts().stream().map(host -> callers.submit(() -> boot(host.port(), 10))).toList();
      for (var count : guests) {
        assertThat(count.get()).isEqualTo(10);
      }
    }
  }

  private static int boot(int port, int count) {
    try (RpcClient client =
        RpcClient.builder("127.0.0.1", port).callTimeout(Duration.ofSeconds(60)).connect()) {
      awaitReady(client);
      for (int i = 0; i < count; i++) {
        create(client, UUID.randomUUID());
      }
      Engine.await(
          "all guests",
          Duration.ofSeconds(60),
          () ->
              String.valueOf(client.call("Host.getAllVmStats", Map.of()))
                      .split("status=Up", -1)
                      .length
                  == count + 1);
      return ((List<?>) client.call("Host.getVMList", Map.of())).size();
    }
  }

  @Test
  void onlyTheEngineCommands() {
    PeerAccess access = new PeerAccess(true);
    access.check(call("VM.create", Set.of("engine")));
    access.check(call("VM.migrationCreate", Set.of("host")));
    assertThatThrownBy(() -> access.check(call("VM.create", Set.of("host"))))
        .hasMessageContaining("VM.create")
        .hasMessageContaining("engine's role");
  }

  private static RpcCall call(String verb, Set<String> roles) {
    return new RpcCall(
        verb,
        Map.of(),
        List.of(),
        Optional.empty(),
        new RpcPeer(
            1,
            new InetSocketAddress("127.0.0.1", 1),
            "",
            new PeerIdentity("CN=peer", "peer", List.of(), roles)));
  }
}
