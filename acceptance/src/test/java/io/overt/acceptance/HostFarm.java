package io.overt.acceptance;

import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.host;

import io.overt.agent.simulated.SimulatedHost;
import io.overt.agent.simulated.SimulatedHosts;
import io.overt.agent.simulated.SimulatedTimes;
import java.util.ArrayList;
import java.util.List;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.HostService;
import org.ovirt.engine.sdk4.types.HostStatus;

/** Simulated hosts that were registered with an engine, as an administrator does it. */
public final class HostFarm implements AutoCloseable {
  private final SimulatedHosts hosts;
  private final List<String> ids;

  private HostFarm(SimulatedHosts hosts, List<String> ids) {
    this.hosts = hosts;
    this.ids = List.copyOf(ids);
  }

  /** Registers hosts {@code <prefix>-0}, {@code <prefix>-1}… and waits until they are up. */
  static HostFarm register(EngineAccess access, String prefix, String clusterName, int count) {
    SimulatedHosts hosts = access.startHosts(count, SimulatedTimes.instant());
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
