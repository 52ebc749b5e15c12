package io.overt.agent.simulated;

import io.overt.agent.hypervisor.DomainState;
import io.overt.agent.hypervisor.DomainState.PauseCause;
import io.overt.agent.hypervisor.DomainState.StopCause;
import io.overt.agent.hypervisor.Hypervisor.HypervisorListener;
import io.overt.agent.hypervisor.Hypervisor.Subscription;
import io.overt.agent.hypervisor.HypervisorEvent;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.simulated.Faults.Fault;
import io.overt.agent.simulated.Faults.Operation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The guests of one simulated hypervisor. Every call on them goes through {@link #perform}, which
 * takes the time and makes the mistakes that the host is told to; what becomes of a guest is told
 * to all who listen.
 */
final class SimulatedGuests {

  static final UUID NONE = new UUID(0, 0);

  private final Map<UUID, SimulatedDomain> domains = new ConcurrentHashMap<>();
  private final List<HypervisorListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final SimulatedTimes times;
  private final Faults faults;
  private final ScheduledExecutorService timers;

  SimulatedGuests(SimulatedTimes times, Faults faults, ScheduledExecutorService timers) {
    this.times = times;
    this.faults = faults;
    this.timers = timers;
  }

  SimulatedTimes times() {
    return times;
  }

  Faults faults() {
    return faults;
  }

  Collection<SimulatedDomain> all() {
    return domains.values();
  }

  Optional<SimulatedDomain> find(UUID id) {
    return Optional.ofNullable(domains.get(id));
  }

  SimulatedDomain require(UUID id) {
    return find(id)
        .orElseThrow(
            () -> new HypervisorException(Kind.DOMAIN_MISSING, "Domain " + id + " is not active"));
  }

  /** Whether this very guest is here, not another of the same id. */
  boolean runs(SimulatedDomain domain) {
    return domains.get(domain.description().id()) == domain;
  }

  /** Answers what the work on the guest answers. */
  <T> T on(Operation operation, UUID id, Function<SimulatedDomain, T> work) {
    return perform(operation, id, () -> work.apply(require(id)));
  }

  /** The guest's XML becomes what the change makes of it and of the guest's number. */
  void edit(Operation operation, UUID id, BiFunction<String, Integer, String> change) {
    on(
        operation,
        id,
        domain -> {
          domain.edit(change);
          return id;
        });
  }

  <T> T perform(Operation operation, UUID domain, Supplier<T> work) {
    Optional<Fault> fault = faults.strike(operation, domain);
    try {
      times.call().pass();
      if (fault.isEmpty()) {
        return work.get();
      }
      if (!fault.get().message().isEmpty()) {
        throw new HypervisorException(Kind.FAILED, fault.get().message());
      }
      if (fault.get().delay().compareTo(times.deadline()) <= 0) {
        Thread.sleep(fault.get().delay());
        return work.get();
      }
      var _ = timers.schedule(work::get, fault.get().delay().toNanos(), TimeUnit.NANOSECONDS);
      Thread.sleep(times.deadline());
      throw new HypervisorException(
          Kind.TIMEOUT, operation + " was not answered within " + times.deadline());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HypervisorException(Kind.TIMEOUT, operation + " was interrupted", e);
    }
  }

  /** A guest that is not among the others yet. */
  SimulatedDomain prepare(String domainXml) {
    return new SimulatedDomain(domainXml, numbers.incrementAndGet());
  }

  /** From now on the guest is among the others. */
  void add(SimulatedDomain domain) {
    UUID id = domain.description().id();
    if (domains.putIfAbsent(id, domain) != null) {
      throw new HypervisorException(Kind.ALREADY_EXISTS, "Domain " + id + " is already active");
    }
    emit(new HypervisorEvent.Started(id));
  }

  void launch(Operation operation, String domainXml, boolean paused) {
    SimulatedDomain domain;
    try {
      domain = prepare(domainXml);
    } catch (IllegalArgumentException e) {
      throw new HypervisorException(Kind.FAILED, "XML error: " + e.getMessage(), e);
    }
    UUID id = domain.description().id();
    perform(
        operation,
        id,
        () -> {
          add(domain);
          if (paused) {
            pause(domain, PauseCause.USER);
          } else {
            emit(new HypervisorEvent.Resumed(id));
            boot(domain);
          }
          return id;
        });
  }

  /** In a while the guest's own agent reports. */
  void boot(SimulatedDomain domain) {
    after(
        times.boot(),
        () -> {
          if (runs(domain)) {
            domain.setGuestUp(true);
            emit(new HypervisorEvent.GuestAgent(domain.description().id(), true));
          }
        });
  }

  boolean pause(SimulatedDomain domain, PauseCause cause) {
    domain.become(new DomainState.Paused(cause));
    emit(new HypervisorEvent.Suspended(domain.description().id(), cause));
    return true;
  }

  boolean stop(SimulatedDomain domain, StopCause cause) {
    if (domain.end()) {
      UUID id = domain.description().id();
      domains.remove(id, domain);
      emit(new HypervisorEvent.Stopped(id, cause));
    }
    return true;
  }

  /** All are gone, and nobody is told. */
  void vanish() {
    domains.values().forEach(SimulatedDomain::end);
    domains.clear();
  }

  void after(Latency latency, Runnable work) {
    var _ = timers.schedule(work, latency.next().toNanos(), TimeUnit.NANOSECONDS);
  }

  void emit(HypervisorEvent event) {
    listeners.forEach(listener -> listener.on(event));
  }

  Subscription listen(HypervisorListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Tells nobody any more. */
  void fallSilent() {
    listeners.clear();
  }
}
