package io.overt.agent.simulated;

import io.overt.agent.Agent;
import io.overt.agent.RpcPeers;
import io.overt.agent.hooks.HookSettings;
import io.overt.agent.network.NetworkFile;
import io.overt.agent.power.PowerSwitches;
import io.overt.agent.verbs.AgentVerbs;
import io.overt.agent.vms.DomainPolicy;
import io.overt.agent.vms.Journal;
import io.overt.agent.vms.MemoryJournal;
import io.overt.agent.vms.MigrationSettings;
import io.overt.agent.vms.VmTimes;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A simulated host: a machine whose agent can be stopped and started while its guests go on.
 * Thread-safe.
 */
public final class SimulatedHost implements AutoCloseable {

  private final SimulatedHypervisor hypervisor;
  private final SimulatedDomainStore store;
  private final SimulatedNetwork network;
  private final Journal journal = new MemoryJournal();
  private final NetworkFile networkFile = new NetworkFile(Optional.empty());
  private final InetSocketAddress address;
  private final Optional<SSLContext> tls;
  private final ScheduledExecutorService scheduler;
  private final PowerSwitches power;
  private @Nullable Agent agent;

  /** A host that comes back is where it was. */
  private int port;

  SimulatedHost(
      SimulatedHypervisor hypervisor,
      SimulatedNetwork network,
      SimulatedStorage storage,
      InetSocketAddress address,
      Optional<SSLContext> tls,
      ScheduledExecutorService scheduler,
      PowerSwitches power) {
    this.hypervisor = hypervisor;
    this.network = network;
    this.store = new SimulatedDomainStore(storage);
    this.address = address;
    this.port = address.getPort();
    this.power = power;
    this.tls = tls;
    this.scheduler = scheduler;
  }

  /** The machine, to make things go wrong. */
  public SimulatedHypervisor hypervisor() {
    return hypervisor;
  }

  /** Starts the agent; nothing happens when it runs. */
  public synchronized void startAgent() {
    if (agent == null) {
      agent =
          Agent.start(
              new AgentVerbs.Host(
                  hypervisor,
                  store,
                  journal,
                  new DomainPolicy(
                      DomainPolicy.VirtType.KVM, address.getHostString(), Optional.empty()),
                  VmTimes.standard(),
                  HookSettings.none(),
                  hypervisor.networks(),
                  networkFile,
                  address.getHostString(),
                  MigrationSettings.standard(),
                  new RpcPeers(tls),
                  power),
              new InetSocketAddress(address.getAddress(), port),
              tls,
              scheduler);
      port = agent.port();
      network.connect(address.getHostString() + ":" + agent.port(), hypervisor);
    }
  }

  /** Kills the agent; its guests go on. */
  public synchronized void stopAgent() {
    if (agent != null) {
      agent.close();
      agent = null;
    }
  }

  /** The machine loses its power: agent and guests are gone. */
  public synchronized void losePower() {
    if (agent != null) {
      network.disconnect(address.getHostString() + ":" + agent.port());
    }
    stopAgent();
    hypervisor.losePower();
  }

  /** Whether the machine has power and its agent runs. */
  public synchronized boolean running() {
    return agent != null;
  }

  /**
   * The port of the running agent.
   *
   * @throws IllegalStateException when it is stopped
   */
  public synchronized int port() {
    if (agent == null) {
      throw new IllegalStateException("The agent of " + address + " is stopped");
    }
    return agent.port();
  }

  @Override
  public void close() {
    stopAgent();
    hypervisor.close();
  }
}
