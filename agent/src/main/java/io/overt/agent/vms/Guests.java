package io.overt.agent.vms;

import io.overt.agent.hypervisor.GuestFacts;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What guests' own agents say. They are asked when they come and every now and then; a guest that
 * gives no answer is known by its last one until its agent leaves.
 */
public final class Guests {

  private static final Logger log = LoggerFactory.getLogger(Guests.class);

  /** Between two questions. */
  private static final Duration PERIOD = Duration.ofSeconds(15);

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final Map<UUID, GuestFacts> facts = new ConcurrentHashMap<>();
  private final Set<UUID> asked = ConcurrentHashMap.newKeySet();

  Guests(Vms vms, Hypervisor hypervisor) {
    this.vms = vms;
    this.hypervisor = hypervisor;
  }

  /** What the machine's guest last said; empty without an agent. */
  public Optional<GuestFacts> of(UUID id) {
    return Optional.ofNullable(facts.get(id));
  }

  /** An event: the agent of this machine's guest came, or went. */
  void agent(UUID id, boolean connected) {
    if (connected) {
      facts.putIfAbsent(id, GuestFacts.NONE);
      ask(id);
    } else {
      facts.remove(id);
    }
  }

  /** Asks at once; the machine changed. */
  void ask(UUID id) {
    if (facts.containsKey(id) && asked.add(id)) {
      vms.inBackground(
          () -> {
            try {
              GuestFacts said = hypervisor.guest(id);
              facts.computeIfPresent(id, (same, before) -> said);
            } catch (HypervisorException e) {
              log.debug("The agent in {} says nothing: {}", id, e.getMessage());
            } finally {
              asked.remove(id);
            }
          });
    }
  }

  /** Asks all, again and again. */
  void watch() {
    vms.schedule(
        () -> {
          facts.keySet().removeIf(id -> vms.known(id).filter(Vm::alive).isEmpty());
          facts.keySet().forEach(this::ask);
          watch();
        },
        PERIOD);
  }

  /** Freezes the guest's file systems. */
  public void freeze(UUID id) {
    vms.running(id);
    int frozen = hypervisor.freeze(id);
    log.info("{} file systems of {} are frozen", frozen, id);
  }

  /** Lets them go on. */
  public void thaw(UUID id) {
    vms.running(id);
    int thawed = hypervisor.thaw(id);
    log.info("{} file systems of {} go on", thawed, id);
  }

  /** Has the agent end or reboot its guest; false when there is none that would. */
  boolean leave(UUID id, boolean reboot) {
    if (!facts.containsKey(id)) {
      return false;
    }
    try {
      hypervisor.leaveByAgent(id, reboot);
      return true;
    } catch (HypervisorException e) {
      log.info("The agent in {} does not end its guest: {}", id, e.getMessage());
      return false;
    }
  }
}
