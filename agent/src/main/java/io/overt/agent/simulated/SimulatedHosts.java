package io.overt.agent.simulated;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;

/**
 * Many simulated hosts in one process, a port each. They share storage, so that a disk created
 * through one host starts on another.
 */
public final class SimulatedHosts implements AutoCloseable {

  private final List<SimulatedHost> hosts;
  private final SimulatedStorage storage;
  private final ScheduledExecutorService timers;

  private SimulatedHosts(
      List<SimulatedHost> hosts, SimulatedStorage storage, ScheduledExecutorService timers) {
    this.hosts = List.copyOf(hosts);
    this.storage = storage;
    this.timers = timers;
  }

  /**
   * How simulated hosts are set up.
   *
   * @param address they listen on
   * @param basePort of the first host, the next has the next one; 0 gives each any free port
   * @param tls empty for plain text
   */
  public record Plan(
      int count, String address, int basePort, Optional<SSLContext> tls, SimulatedTimes times) {

    public static Plan of(int count, int basePort) {
      return new Plan(count, "127.0.0.1", basePort, Optional.empty(), SimulatedTimes.standard());
    }

    public Plan withTls(SSLContext context) {
      return new Plan(count, address, basePort, Optional.of(context), times);
    }

    public Plan withTimes(SimulatedTimes other) {
      return new Plan(count, address, basePort, tls, other);
    }

    public Plan withAddress(String other) {
      return new Plan(count, other, basePort, tls, times);
    }
  }

  /** Starts the agents of all hosts. */
  public static SimulatedHosts start(Plan plan) {
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(
            2, Thread.ofPlatform().daemon().name("simulated").factory());
    timers.setRemoveOnCancelPolicy(true);
    timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    SimulatedStorage storage = SimulatedStorage.create();
    SimulatedNetwork network = new SimulatedNetwork();
    SimulatedPower power = new SimulatedPower();
    List<SimulatedHost> hosts = new ArrayList<>();
    try {
      for (int index = 0; index < plan.count(); index++) {
        int port = plan.basePort() == 0 ? 0 : plan.basePort() + index;
        SimulatedHost host =
            new SimulatedHost(
                new SimulatedHypervisor(
                    SimulatedNode.numbered(index),
                    plan.times(),
                    new Faults(),
                    timers,
                    network,
                    storage.saved()),
                network,
                storage,
                new InetSocketAddress(plan.address(), port),
                plan.tls(),
                timers,
                power);
        hosts.add(host);
        host.startAgent();
      }
    } catch (RuntimeException e) {
      hosts.forEach(SimulatedHost::close);
      timers.shutdownNow();
      throw e;
    }
    power.plugIn(hosts);
    return new SimulatedHosts(hosts, storage, timers);
  }

  public List<SimulatedHost> hosts() {
    return hosts;
  }

  public SimulatedHost host(int index) {
    return hosts.get(index);
  }

  public SimulatedStorage storage() {
    return storage;
  }

  /** Stops all agents at once, so that it takes as long as the slowest. */
  @Override
  public void close() {
    try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
      hosts.forEach(host -> closing.execute(host::close));
    }
    timers.shutdownNow();
  }
}
