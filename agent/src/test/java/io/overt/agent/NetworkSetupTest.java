package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.overt.agent.ScriptDirectory.Record;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.simulated.SimulatedTimes;
import io.overt.vdsmrpc.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code Host.setupNetworks} and its three points, on a simulated host with the card eth0. */
@Timeout(60)
class NetworkSetupTest {
  private static final Map<String, Object> TAGGED =
      Map.of(
          "nic",
          "eth0",
          "vlan",
          27,
          "bridged",
          true,
          "mtu",
          1400,
          "ipaddr",
          "10.9.0.2",
          "netmask",
          "255.255.255.0",
          "custom",
          Map.of("bridge_opts", "ageing_time=100"));

  private ScriptDirectory scripts;
  private SimulatedAgent agent;

  @BeforeEach
  void start(@TempDir Path directory) {
    scripts = new ScriptDirectory(directory.resolve("scripts"));
    agent =
        new SimulatedAgent(
            directory, SimulatedTimes.instant(), SimulatedAgent.shortTimes(), scripts.settings());
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private Object setup(Map<String, ?> networks, Map<String, ?> bondings, Object... options) {
    Map<String, Object> chosen = new LinkedHashMap<>(Map.of("connectivityCheck", false));
    for (int index = 0; index < options.length; index += 2) {
      chosen.put(options[index].toString(), options[index + 1]);
    }
    return agent.engine.call(
        "Host.setupNetworks",
        Map.of("networks", networks, "bondings", bondings, "options", chosen));
  }

  private VdsmError refused(Map<String, ?> networks, Map<String, ?> bondings) {
    return catchThrowableOfType(VdsmError.class, () -> setup(networks, bondings));
  }

  private Map<?, ?> capabilities(String part) {
    return (Map<?, ?>) agent.engine.object("Host.getCapabilities", Map.of()).get(part);
  }

  private Object statistics(String part) {
    return ((Map<?, ?>) agent.engine.unchecked("Host.getStats", Map.of())).get(part);
  }

  @Test
  void networksComeChangeAndGo() {
    assertThat(setup(Map.of("blue", TAGGED), Map.of()))
        .isEqualTo(Map.of("code", 0, "message", "Done"));
    assertThat((Map<?, ?>) capabilities("networks").get("blue"))
        .asString()
        .contains("addr=10.9.0.2", "vlanid=27", "mtu=1400", "southbound=eth0.27", "iface=blue");
    assertThat(capabilities("vlans").toString()).contains("eth0.27={", "iface=eth0", "vlanid=27");
    assertThat(capabilities("nics").toString()).contains("eth0=").doesNotContain("eth0.27=");
    assertThat(statistics("netConfigDirty")).isEqualTo("True");
    agent.engine.call("Host.setSafeNetworkConfig", Map.of());
    assertThat(statistics("netConfigDirty")).isEqualTo("False");

    setup(Map.of("blue", Map.of("remove", true)), Map.of(), "commitOnSuccess", true);
    assertThat(capabilities("networks").toString()).doesNotContain("blue");
    assertThat(statistics("netConfigDirty")).isEqualTo("False");
  }

  @Test
  void bondsCarryNetworks() {
    setup(
        Map.of("red", Map.of("bonding", "bond0", "bridged", false)),
        Map.of("bond0", Map.of("nics", List.of("eth0"), "options", "mode=4 miimon=100")));
    assertThat(capabilities("bondings").toString())
        .contains("slaves=[eth0]", "mode=4", "miimon=100");
    assertThat(capabilities("networks").toString()).contains("red=", "iface=bond0");
  }

  @Test
  void badRequestsChangeNothing() {
    assertThat(refused(Map.of("blue", Map.of("nic", "eth9")), Map.of()))
        .hasMessageContaining("network 'blue' is on 'eth9'; the host has [eth0, ovirtmgmt]")
        .extracting(VdsmError::code)
        .isEqualTo(23);
    assertThat(refused(Map.of("blue", Map.of("nic", "eth0", "vlan", 5000)), Map.of()))
        .hasMessageContaining("vlan '5000', which must be from 0 to 4094");
    assertThat(refused(Map.of("blue", Map.of("nic", "eth0", "ipaddr", "10.0.0.300")), Map.of()))
        .hasMessageContaining("'10.0.0.300', which is no IPv4 address");
    assertThat(
            refused(
                Map.of("blue", Map.of("nic", "eth0"), "green", Map.of("nic", "eth0")), Map.of()))
        .hasMessageContaining("are both on eth0");
    assertThat(refused(Map.of("gone", Map.of("remove", true)), Map.of()))
        .hasMessageContaining("network 'gone' is not there");
    assertThat(refused(Map.of("red", Map.of("bonding", "bond7")), Map.of()))
        .hasMessageContaining("'bond7', which is not");
    assertThat(capabilities("networks").keySet().toString()).isEqualTo("[ovirtmgmt]");
  }

  @Test
  void anEngineThatIsCutOffGetsTheOldNetworksBack() {
    VdsmError error =
        catchThrowableOfType(
            VdsmError.class,
            () ->
                setup(
                    Map.of("blue", TAGGED),
                    Map.of(),
                    "connectivityCheck",
                    true,
                    "connectivityTimeout",
                    1));
    assertThat(error).hasMessageContaining("did not reach the host within 1 s");
    assertThat(error.code()).isEqualTo(10);
    assertThat(capabilities("networks").toString()).doesNotContain("blue");
  }

  @Test
  void anEngineThatReachesTheHostKeepsTheNewOnes() {
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      var _ =
          timer.scheduleAtFixedRate(
              () -> agent.engine.call("Host.confirmConnectivity", Map.of()),
              0,
              20,
              TimeUnit.MILLISECONDS);
      setup(Map.of("blue", TAGGED), Map.of(), "connectivityCheck", true, "connectivityTimeout", 20);
      timer.shutdownNow();
    }
    assertThat(capabilities("networks").toString()).contains("blue");
  }

  @Test
  @SuppressWarnings("unchecked")
  void scriptsSeeAndChangeTheRequest() {
    scripts.record(HookPoint.BEFORE_NETWORK_SETUP, "50_mtu", "sed -i s/1400/1300/ \"$_hook_json\"");
    scripts.record(HookPoint.AFTER_NETWORK_SETUP);
    scripts.record(HookPoint.AFTER_NETWORK_SETUP_FAIL);
    setup(Map.of("blue", TAGGED), Map.of());
    assertThat(capabilities("networks").get("blue").toString()).contains("mtu=1300");
    assertThat(scripts.points()).containsExactly("before_network_setup", "after_network_setup");
    Record before = scripts.records(HookPoint.BEFORE_NETWORK_SETUP).getFirst();
    assertThat(before.environment()).noneMatch(line -> line.startsWith("vmId="));
    Map<String, Object> request =
        (Map<String, Object>) ((Map<String, Object>) Json.parse(before.document())).get("request");
    assertThat(request.keySet()).containsExactly("networks", "bondings", "options");
    assertThat(request.get("networks").toString())
        .contains("custom={bridge_opts=ageing_time=100}", "mtu=1400");
    assertThat(scripts.records(HookPoint.AFTER_NETWORK_SETUP).getFirst().document())
        .contains("1300");
  }

  @Test
  void scriptsFindTheNetworksOfTheHost() throws Exception {
    setup(Map.of("blue", TAGGED), Map.of());
    scripts.install(
        HookPoint.AFTER_GET_STATS,
        "50_networks",
        """
        #!/usr/bin/python3
        import hooking
        from vdsm.network import netconfpersistence

        statistics = hooking.read_json()
        statistics['seen'] = netconfpersistence.RunningConfig().networks['blue']['custom']
        statistics['safe'] = list(netconfpersistence.PersistentConfig().networks)
        hooking.write_json(statistics)
        """);
    assertThat(statistics("seen")).isEqualTo(Map.of("bridge_opts", "ageing_time=100"));
    assertThat(statistics("safe")).isEqualTo(List.of());
  }

  @Test
  void aScriptMayRefuse() {
    scripts.record(HookPoint.BEFORE_NETWORK_SETUP, "50_no", "echo not today >&2; exit 2");
    scripts.record(HookPoint.AFTER_NETWORK_SETUP);
    scripts.record(HookPoint.AFTER_NETWORK_SETUP_FAIL);
    VdsmError error = refused(Map.of("blue", TAGGED), Map.of());
    assertThat(error).hasMessageContaining("50_no").hasMessageContaining("not today");
    assertThat(error.code()).isEqualTo(78);
    assertThat(scripts.points())
        .containsExactly("before_network_setup", "after_network_setup_fail");
    assertThat(capabilities("networks").toString()).doesNotContain("blue");
  }

  @Test
  void aRequestThatIsRefusedPassesTheFailurePointOnly() {
    scripts.record(HookPoint.BEFORE_NETWORK_SETUP);
    scripts.record(HookPoint.AFTER_NETWORK_SETUP_FAIL);
    refused(Map.of("blue", Map.of("nic", "eth9")), Map.of());
    assertThat(scripts.points()).containsExactly("after_network_setup_fail");
  }

  @Test
  void afterARestartTheNetworksAreKnown() {
    setup(Map.of("blue", TAGGED), Map.of());
    agent.close();
    agent.create();
    agent.start();
    assertThat(capabilities("networks").toString()).contains("blue", "vlanid=27");
  }
}
