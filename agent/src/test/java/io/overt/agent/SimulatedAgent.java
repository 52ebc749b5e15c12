package io.overt.agent;

import io.overt.agent.hooks.HookSettings;
import io.overt.agent.network.NetworkFile;
import io.overt.agent.power.FencePrograms;
import io.overt.agent.simulated.Faults;
import io.overt.agent.simulated.SimulatedHypervisor;
import io.overt.agent.simulated.SimulatedNetwork;
import io.overt.agent.simulated.SimulatedNode;
import io.overt.agent.simulated.SimulatedTimes;
import io.overt.agent.storage.FileDomainStore;
import io.overt.agent.verbs.AgentVerbs;
import io.overt.agent.vms.DirectoryJournal;
import io.overt.agent.vms.DomainPolicy;
import io.overt.agent.vms.MigrationSettings;
import io.overt.agent.vms.PayloadImages;
import io.overt.agent.vms.Peers;
import io.overt.agent.vms.VmTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** An agent on a simulated machine with storage on a real file system; it can be restarted. */
final class SimulatedAgent implements AutoCloseable {

  final ScheduledExecutorService timers = Executors.newScheduledThreadPool(2);
  final Engine engine = new Engine();
  final SimulatedHypervisor hypervisor;
  private final AgentVerbs.Host host;
  AgentVerbs verbs;

  SimulatedAgent(Path directory, SimulatedTimes times, VmTimes vmTimes) {
    this(directory, times, vmTimes, HookSettings.none());
  }

  SimulatedAgent(Path directory, SimulatedTimes times, VmTimes vmTimes, HookSettings hooks) {
    this(directory, times, vmTimes, hooks, PayloadImages.NONE);
  }

  SimulatedAgent(
      Path directory,
      SimulatedTimes times,
      VmTimes vmTimes,
      HookSettings hooks,
      PayloadImages payloads) {
    this(
        directory,
        times,
        vmTimes,
        hooks,
        new SimulatedNetwork(),
        MigrationSettings.standard(),
        Peers.none(),
        payloads);
  }

  /**
   * @param network the hypervisors that guests move between
   * @param peers the agents in front of them
   */
  SimulatedAgent(
      Path directory,
      SimulatedTimes times,
      VmTimes vmTimes,
      HookSettings hooks,
      SimulatedNetwork network,
      MigrationSettings migration,
      Peers peers,
      PayloadImages payloads) {
    hypervisor =
        new SimulatedHypervisor(SimulatedNode.numbered(1), times, new Faults(), timers, network);
    host =
        new AgentVerbs.Host(
            hypervisor,
            new FileDomainStore(directory.resolve("data-center")),
            new DirectoryJournal(directory.resolve("vms")),
            new DomainPolicy(
                DomainPolicy.VirtType.KVM,
                "127.0.0.1",
                Optional.empty(),
                DomainPolicy.SERIAL_SOCKETS,
                payloads),
            vmTimes,
            hooks,
            hypervisor.networks(),
            new NetworkFile(Optional.of(hooks.support().resolveSibling("networks.json"))),
            "127.0.0.1",
            migration,
            peers,
            new FencePrograms());
    start();
  }

  static SimulatedAgent instant(Path directory) {
    return new SimulatedAgent(directory, SimulatedTimes.instant(), shortTimes());
  }

  static VmTimes shortTimes() {
    return new VmTimes(
        Duration.ofSeconds(60),
        Duration.ofSeconds(300),
        Duration.ofSeconds(5),
        Duration.ofMillis(500),
        Duration.ofMillis(200));
  }

  void start() {
    create();
    verbs.recover();
  }

  /** A new agent that has not recovered yet. */
  void create() {
    verbs = new AgentVerbs(host, timers, engine);
    engine.connect(verbs);
  }

  void stop() {
    verbs.close();
  }

  @Override
  public void close() {
    verbs.close();
    timers.shutdownNow();
  }
}
