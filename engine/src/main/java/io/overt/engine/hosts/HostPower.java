package io.overt.engine.hosts;

import io.overt.engine.resource.Platform;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostCalls;
import io.overt.fleet.HostUnreachable;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Agent;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.Option;
import io.overt.model.types.PmProxy;
import io.overt.model.types.PmProxyType;
import io.overt.model.types.PowerManagement;
import io.overt.model.types.PowerManagementStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A host's power, asked and switched by its fence agents through other hosts: the engine need not
 * reach the networks that such devices are in.
 */
final class HostPower {
  /** Private attribute of a fence agent. */
  static final String PASSWORD = "password";

  /** Hosts that are asked to speak to a device, one after another (oVirt: three tries). */
  private static final int PROXIES = 3;

  private static final Duration CALL = Duration.ofSeconds(60);

  /** oVirt looks 18 times, every 10 s, whether a host is off; quick devices are not waited for. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(10);

  private static final List<PmProxyType> USUAL = List.of(PmProxyType.CLUSTER, PmProxyType.DC);

  private final Platform platform;
  private final Supplier<Fleet> fleet;

  HostPower(Platform platform, Supplier<Fleet> fleet) {
    this.platform = platform;
    this.fleet = fleet;
  }

  /** The power could not be asked or switched; the message says why. */
  static final class PowerFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PowerFailed(String message) {
      super(message);
    }
  }

  /** Whether a host's power can be switched at all. */
  static boolean managed(Snapshot snapshot, Entity<Host> host) {
    PowerManagement power = host.value().powerManagement();
    return power != null
        && Boolean.TRUE.equals(power.enabled())
        && !snapshot.owned(Kinds.AGENT, host.key()).isEmpty();
  }

  /**
   * @throws PowerFailed when no device tells
   */
  PowerManagementStatus status(Entity<Host> host) {
    List<String> problems = new ArrayList<>();
    for (List<Entity<Agent>> together : agents(host)) {
      try {
        return status(host, together);
      } catch (PowerFailed e) {
        problems.add(e.getMessage());
      }
    }
    throw new PowerFailed(String.join("; ", problems));
  }

  /**
   * Returns when the power is as it should be.
   *
   * @throws PowerFailed when no device brings it about
   */
  void change(Entity<Host> host, PowerManagementStatus wanted) {
    List<String> problems = new ArrayList<>();
    for (List<Entity<Agent>> together : agents(host)) {
      try {
        change(host, together, wanted);
        return;
      } catch (PowerFailed e) {
        problems.add(e.getMessage());
      }
    }
    throw new PowerFailed(String.join("; ", problems));
  }

  /**
   * Devices in the order in which they are tried. Those with the same place in it feed the host
   * together: it is on as long as one is.
   */
  private List<List<Entity<Agent>>> agents(Entity<Host> host) {
    Map<Long, List<Entity<Agent>>> places = new TreeMap<>();
    for (Entity<Agent> agent : platform.snapshot().owned(Kinds.AGENT, host.key())) {
      long place = Objects.requireNonNullElse(agent.value().order(), 1L);
      places.computeIfAbsent(place, none -> new ArrayList<>()).add(agent);
    }
    if (places.isEmpty()) {
      throw new PowerFailed("Host " + host.value().name() + " has no fence agent");
    }
    return List.copyOf(places.values());
  }

  private PowerManagementStatus status(Entity<Host> host, List<Entity<Agent>> together) {
    PowerManagementStatus all = PowerManagementStatus.OFF;
    for (Entity<Agent> agent : together) {
      PowerManagementStatus one = status(host, agent);
      if (one == PowerManagementStatus.ON) {
        return one;
      }
      all = one == PowerManagementStatus.OFF ? all : one;
    }
    return all;
  }

  private void change(
      Entity<Host> host, List<Entity<Agent>> together, PowerManagementStatus wanted) {
    for (Entity<Agent> agent : together) {
      call(host, agent, wanted.wire());
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    Duration pause = FIRST_PAUSE;
    PowerManagementStatus now = status(host, together);
    while (now != wanted) {
      if (System.nanoTime() - end > 0) {
        throw new PowerFailed(
            "Host %s is still %s %d s after it was switched %s"
                .formatted(host.value().name(), now.wire(), PATIENCE.toSeconds(), wanted.wire()));
      }
      sleep(pause);
      pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : pause.multipliedBy(2);
      now = status(host, together);
    }
  }

  private PowerManagementStatus status(Entity<Host> host, Entity<Agent> agent) {
    if (call(host, agent, "status") instanceof Map<?, ?> answer) {
      for (PowerManagementStatus status : PowerManagementStatus.values()) {
        if (status.wire().equals(answer.get("power"))) {
          return status;
        }
      }
    }
    return PowerManagementStatus.UNKNOWN;
  }

  private @Nullable Object call(Entity<Host> host, Entity<Agent> agent, String action) {
    Map<String, Object> parameters = parameters(agent);
    parameters.put("action", action);
    List<String> problems = new ArrayList<>();
    for (String proxy : proxies(host)) {
      HostCalls calls = fleet.get().find(proxy).orElse(null);
      if (calls == null) {
        continue;
      }
      try {
        return calls.call("Host.fenceNode", parameters, CALL, null);
      } catch (HostCallFailed | HostUnreachable e) {
        problems.add(e.getMessage());
        if (problems.size() == PROXIES) {
          break;
        }
      }
    }
    throw new PowerFailed(
        problems.isEmpty()
            ? "No other host is up that could reach the power management of host "
                + host.value().name()
            : String.join("; ", problems));
  }

  private static Map<String, Object> parameters(Entity<Agent> entity) {
    Agent agent = entity.value();
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("agent", Objects.requireNonNullElse(agent.type_(), ""));
    parameters.put("addr", Objects.requireNonNullElse(agent.address(), ""));
    parameters.put("port", agent.port() == null ? "" : agent.port().toString());
    parameters.put("username", Objects.requireNonNullElse(agent.username(), ""));
    parameters.put("password", Objects.requireNonNullElse(entity.internal(PASSWORD), ""));
    List<String> options = new ArrayList<>();
    for (Option option : Objects.requireNonNullElse(agent.options(), List.<Option>of())) {
      if ("secure".equals(option.name())) {
        parameters.put("secure", "true".equals(option.value()) || "1".equals(option.value()));
      } else {
        options.add(option.name() + "=" + Objects.requireNonNullElse(option.value(), ""));
      }
    }
    parameters.put("options", String.join("\n", options));
    return parameters;
  }

  /** Hosts that may speak to the devices of another: of its cluster first, then of its center. */
  private List<String> proxies(Entity<Host> host) {
    Snapshot snapshot = platform.snapshot();
    List<String> proxies = new ArrayList<>();
    for (PmProxyType distance : distances(host.value())) {
      snapshot.all(Kinds.HOST).stream()
          .filter(other -> other.value().status() == HostStatus.UP)
          .filter(other -> !other.id().equals(host.id()) && !proxies.contains(other.id()))
          .filter(other -> distance(snapshot, host.value(), other.value()) == distance)
          .map(Entity::id)
          .sorted(Comparator.naturalOrder())
          .forEach(proxies::add);
    }
    return proxies;
  }

  private static List<PmProxyType> distances(Host host) {
    PowerManagement power = host.powerManagement();
    List<PmProxy> given = power == null ? null : power.pmProxies();
    return given == null || given.isEmpty()
        ? USUAL
        : given.stream().map(PmProxy::type_).filter(Objects::nonNull).toList();
  }

  private static PmProxyType distance(Snapshot snapshot, Host host, Host other) {
    if (Objects.equals(id(host.cluster()), id(other.cluster()))) {
      return PmProxyType.CLUSTER;
    }
    String center = center(snapshot, host);
    return center != null && center.equals(center(snapshot, other))
        ? PmProxyType.DC
        : PmProxyType.OTHER_DC;
  }

  private static @Nullable String id(@Nullable Cluster cluster) {
    return cluster == null ? null : cluster.id();
  }

  private static @Nullable String center(Snapshot snapshot, Host host) {
    String cluster = id(host.cluster());
    return cluster == null
        ? null
        : snapshot
            .find(Kinds.CLUSTER, cluster)
            .map(found -> found.value().dataCenter())
            .map(center -> center.id())
            .orElse(null);
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a host is switched", e);
    }
  }
}
