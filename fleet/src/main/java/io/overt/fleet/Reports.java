package io.overt.fleet;

import io.overt.inventory.Entity;
import io.overt.model.types.Vm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The latest report of each host and each machine, and what machines used lately; lost with the
 * process and back in seconds.
 */
public final class Reports {
  private final Map<String, Report> capabilities = new ConcurrentHashMap<>();
  private final Map<String, Report> hosts = new ConcurrentHashMap<>();
  private final Map<String, Report> machines = new ConcurrentHashMap<>();
  private final UsageHistory usage = new UsageHistory();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> machineListeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition reported = lock.newCondition();

  /** Answer of {@code Host.getCapabilities}. */
  public Report capabilities(String hostId) {
    return capabilities.getOrDefault(hostId, Report.NONE);
  }

  /** Answer of {@code Host.getStats}. */
  public Report host(String hostId) {
    return hosts.getOrDefault(hostId, Report.NONE);
  }

  /** The machine's entry of {@code Host.getAllVmStats}, updated by its events. */
  public Report machine(String vmId) {
    return machines.getOrDefault(vmId, Report.NONE);
  }

  /**
   * What the host of a machine says of it; {@link Report#NONE} when it has none: reports of one
   * that has just stopped may still be there.
   */
  public Report running(Entity<Vm> vm) {
    return VmMonitor.hostOf(vm.value()) == null ? Report.NONE : machine(vm.id());
  }

  public UsageHistory usage() {
    return usage;
  }

  /**
   * Waits until the machine's report satisfies a condition.
   *
   * @return that report, or empty when it did not come in time
   */
  public Optional<Report> awaitMachine(
      String vmId, Predicate<Report> condition, Duration patience) {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (true) {
        Report report = machine(vmId);
        if (condition.test(report)) {
          return Optional.of(report);
        }
        if (left <= 0) {
          return Optional.empty();
        }
        left = reported.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells of every new report of a host, by its id, on the thread that watches the host: the
   * listener must neither fail nor wait.
   */
  public void onHost(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** As {@link #onHost}, of every report of a machine that says something new. */
  public void onMachine(Consumer<String> listener) {
    machineListeners.add(listener);
  }

  void capabilities(String hostId, Report report) {
    capabilities.put(hostId, report);
    listeners.forEach(listener -> listener.accept(hostId));
  }

  void host(String hostId, Report report) {
    hosts.put(hostId, report);
    listeners.forEach(listener -> listener.accept(hostId));
  }

  void machine(String vmId, Report report) {
    Report before;
    lock.lock();
    try {
      before = machines.put(vmId, report);
      reported.signalAll();
    } finally {
      lock.unlock();
    }
    if (before == null || !before.values().equals(report.values())) {
      machineListeners.forEach(listener -> listener.accept(vmId));
    }
  }

  /** Forgets a machine that is gone or down, or is started anew: old reports answer nobody. */
  public void forgetMachine(String vmId) {
    machines.remove(vmId);
    usage.forget(vmId);
  }

  void forgetHost(String hostId) {
    capabilities.remove(hostId);
    hosts.remove(hostId);
  }
}
