package io.overt.agent;

import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookSettings;
import io.overt.agent.simulated.Latency;
import io.overt.agent.simulated.SimulatedNetwork;
import io.overt.agent.simulated.SimulatedTimes;
import io.overt.agent.vms.MigrationSettings;
import io.overt.agent.vms.PayloadImages;
import io.overt.agent.vms.Peers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Two simulated hosts, {@code one:1} and {@code two:2}, whose guests move between them. */
final class SimulatedPair implements AutoCloseable, Peers {

  static final String ONE = "one:1";
  static final String TWO = "two:2";

  final SimulatedAgent one;
  final SimulatedAgent two;
  private final Map<String, SimulatedAgent> agents = new LinkedHashMap<>();

  SimulatedPair(Path directory, int moveMillis, HookSettings hooksOne, HookSettings hooksTwo) {
    this(directory, moveMillis, hooksOne, hooksTwo, PayloadImages.NONE, PayloadImages.NONE);
  }

  /** Hosts that make media. */
  SimulatedPair(Path directory, int moveMillis, PayloadImages mediaOne, PayloadImages mediaTwo) {
    this(directory, moveMillis, HookSettings.none(), HookSettings.none(), mediaOne, mediaTwo);
  }

  private SimulatedPair(
      Path directory,
      int moveMillis,
      HookSettings hooksOne,
      HookSettings hooksTwo,
      PayloadImages mediaOne,
      PayloadImages mediaTwo) {
    SimulatedNetwork network = new SimulatedNetwork();
    SimulatedTimes times =
        SimulatedTimes.instant().withMigration(Latency.millis(moveMillis, moveMillis));
    MigrationSettings settings =
        MigrationSettings.standard()
            .within(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(1500));
    one =
        new SimulatedAgent(
            directory.resolve("one"),
            times,
            SimulatedAgent.shortTimes(),
            hooksOne,
            network,
            settings,
            this,
            mediaOne);
    two =
        new SimulatedAgent(
            directory.resolve("two"),
            times,
            SimulatedAgent.shortTimes(),
            hooksTwo,
            network,
            settings,
            this,
            mediaTwo);
    agents.put(ONE, one);
    agents.put(TWO, two);
    network.connect(ONE, one.hypervisor);
    network.connect(TWO, two.hypervisor);
  }

  static SimulatedPair of(Path directory, int moveMillis) {
    return new SimulatedPair(directory, moveMillis, HookSettings.none(), HookSettings.none());
  }

  @Override
  public Peer connect(String address) {
    SimulatedAgent agent = agents.get(address);
    if (agent == null) {
      throw new PeerException(PeerException.NO_ANSWER, "connection refused by " + address);
    }
    return new Peer() {
      @Override
      public Object call(String verb, Map<String, ?> parameters, Duration patience) {
        try {
          return agent.engine.call(verb, parameters);
        } catch (VdsmError e) {
          throw new PeerException(e.code(), String.valueOf(e.getMessage()), e);
        }
      }

      @Override
      public void close() {}
    };
  }

  /** Nobody reaches that agent any more. */
  void unplug(String address) {
    agents.remove(address);
  }

  void launch(UUID id) {
    one.engine.create(id, TestXml.domain(id, "mover"));
    one.engine.awaitStatus(id, "Up");
  }

  Map<String, Object> migrate(UUID id, Map<String, Object> more) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("vmId", id.toString());
    params.put("src", "one");
    params.put("dst", TWO);
    params.put("method", "online");
    params.putAll(more);
    return one.engine.object("VM.migrate", Map.of("vmID", id.toString(), "params", params));
  }

  Map<String, Object> status(UUID id) {
    return one.engine.object("VM.getMigrationStatus", Map.of("vmID", id.toString()));
  }

  /** On how many of the hosts processors of this guest run. */
  long running(UUID id) {
    return List.of(one, two).stream()
        .flatMap(agent -> agent.hypervisor.find(id).stream())
        .filter(domain -> domain.state() instanceof io.overt.agent.hypervisor.DomainState.Running)
        .count();
  }

  @Override
  public void close() {
    one.close();
    two.close();
  }
}
