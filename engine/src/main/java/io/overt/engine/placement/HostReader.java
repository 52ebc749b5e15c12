package io.overt.engine.placement;

import io.overt.inventory.Entity;
import io.overt.model.types.Cluster;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.SpmStatus;
import io.overt.scheduling.state.HostFacts;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host as placement sees it. */
public final class HostReader {
  private static final long MIB = 1L << 20;

  /** Kept for the host itself (oVirt: {@code reserved_mem}), and for each guest. */
  private static final long RESERVED_MB = 321;

  private static final long GUEST_OVERHEAD_MB = 65;

  private HostReader() {}

  /**
   * @param traits what the host carries
   */
  public static HostFacts read(Cluster cluster, Entity<Host> host, Set<String> traits) {
    Host value = host.value();
    long physical = Objects.requireNonNullElse(value.memory(), 0L) / MIB;
    return new HostFacts(
        host.id(),
        Objects.requireNonNullElse(value.name(), host.id()),
        value.status() == HostStatus.UP,
        topology(value),
        0,
        new HostFacts.Memory(
            physical, physical, RESERVED_MB, GUEST_OVERHEAD_MB, 0, 0, overCommit(cluster)),
        value.spm() != null
            && value.spm().status() != null
            && value.spm().status() != SpmStatus.NONE,
        0,
        HostFacts.Load.NONE,
        traits,
        HostFacts.Special.NONE);
  }

  /** Cores and threads are those of the whole host. */
  private static HostFacts.Topology topology(Host host) {
    CpuTopology topology = host.cpu() == null ? null : host.cpu().topology();
    if (topology == null) {
      return new HostFacts.Topology(0, 0, 0);
    }
    int sockets = number(topology.sockets());
    int cores = sockets * number(topology.cores());
    return new HostFacts.Topology(sockets, cores, cores * number(topology.threads()));
  }

  private static int number(@Nullable Long value) {
    return value == null ? 1 : Math.toIntExact(value);
  }

  private static int overCommit(Cluster cluster) {
    return Optional.ofNullable(cluster.memoryPolicy())
        .map(policy -> policy.overCommit())
        .map(over -> over.percent())
        .map(Math::toIntExact)
        .orElse(100);
  }
}
