package io.overt.acceptance;

import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.host;

import io.overt.agent.simulated.Latency;
import io.overt.agent.simulated.SimulatedHost;
import io.overt.agent.simulated.SimulatedHosts;
import io.overt.agent.simulated.SimulatedTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.HostService;
import org.ovirt.engine.sdk4.types.HostStatus;

/** Simulated hosts that were registered with an engine, as an administrator does it. */
public final class HostFarm implements AutoCloseable {
  /** So slow that the death of an engine finds starts of machines in every step. */
  static final SimulatedTimes SLOW =
      new SimulatedTimes(
          Latency.millis(20, 400),
          Latency.millis(300, 4_000),
          Latency.none(),
          Duration.ofSeconds(30));

  private final SimulatedHosts hosts;
  private final List<String> ids;

  private HostFarm(SimulatedHosts hosts, List<String> ids) {
    this.hosts = hosts;
    this.ids = List.copyOf(ids);
  }

  /** Registers hosts {@code <prefix>-0}, {@code <prefix>-1}… and waits until they are up. */
  static HostFarm register(EngineAccess access, String prefix, String clusterName, int count) {
    return register(access, prefix, clusterName, count, SimulatedTimes.instant());
  }

  /** As above, of hosts that take their time. */
  static HostFarm register(
      EngineAccess access, String prefix, String clusterName, int count, SimulatedTimes times) {
    SimulatedHosts hosts = access.startHosts(count, times);
    List<String> ids = new ArrayList<>();
    try (Connection connection = access.connect()) {
      for (SimulatedHost simulated : hosts.hosts()) {
        ids.add(
            connection
                .systemService()
                .hostsService()
                .add()
                .host(
                    host()
                        .name(prefix + "-" + ids.size())
                        .address("127.0.0.1")
                        .port(simulated.port())
                        .rootPassword("not-needed")
                        .cluster(cluster().name(clusterName)))
                .send()
                .host()
                .id());
      }
      for (String id : ids) {
        HostService service = connection.systemService().hostsService().hostService(id);
        Await.until(
            "host " + id + " is up",
            () -> service.get().send().host().status(),
            HostStatus.UP::equals);
      }
    } catch (Exception e) {
      hosts.close();
      throw new IllegalStateException("cannot register the hosts", e);
    }
    return new HostFarm(hosts, ids);
  }

  SimulatedHosts hosts() {
    return hosts;
  }

  /** Their ids in the engine, in the order of {@link SimulatedHosts#hosts()}. */
  List<String> ids() {
    return ids;
  }

  @Override
  public void close() {
    hosts.close();
  }
}
