package io.overt.agent.simulated;

import io.overt.agent.hypervisor.DomainState;
import io.overt.agent.hypervisor.DomainState.PauseCause;
import io.overt.agent.hypervisor.DomainState.StopCause;
import io.overt.agent.hypervisor.HypervisorEvent;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.hypervisor.Migrating;
import io.overt.agent.hypervisor.Transfer;
import io.overt.agent.hypervisor.TransferProgress;
import io.overt.agent.simulated.Faults.Fault;
import io.overt.agent.simulated.Faults.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Guests that come from, and go to, other simulated hypervisors. */
final class SimulatedMigration implements Migrating {

  private final SimulatedGuests guests;
  private final SimulatedNetwork network;
  private final Map<UUID, SimulatedMove> moves = new ConcurrentHashMap<>();

  /**
   * @param network the hosts that guests can move to
   */
  SimulatedMigration(SimulatedGuests guests, SimulatedNetwork network) {
    this.guests = guests;
    this.network = network;
  }

  @Override
  public String migratableXml(UUID domain) {
    return guests.on(Operation.XML, domain, SimulatedDomain::xml);
  }

  @Override
  public void migrate(UUID id, Transfer transfer) {
    SimulatedDomain guest = guests.require(id);
    SimulatedMigration destination =
        network
            .find(transfer.peer())
            .map(SimulatedHypervisor::migration)
            .filter(other -> other != this)
            .orElseThrow(
                () ->
                    new HypervisorException(
                        Kind.UNREACHABLE, "unable to connect to server at " + transfer.peer()));
    SimulatedDomain arrival = destination.receive(transfer.xml());
    SimulatedMove move =
        new SimulatedMove(this, guest, destination, arrival, guests.times().migration().next());
    if (moves.putIfAbsent(id, move) != null) {
      destination.giveUp(arrival);
      throw new HypervisorException(Kind.FAILED, "Domain " + id + " is on its way already");
    }
    try {
      move.run(guests.faults().strike(Operation.MIGRATE, id).orElse(Fault.NONE));
    } catch (InterruptedException e) {
      destination.giveUp(arrival);
      Thread.currentThread().interrupt();
      throw new HypervisorException(Kind.FAILED, "The move was interrupted", e);
    } finally {
      moves.remove(id, move);
    }
  }

  /** The guest of a move that comes here stands still until it is handed over. */
  private SimulatedDomain receive(String xml) {
    SimulatedDomain arrival = guests.prepare(xml);
    arrival.become(new DomainState.Paused(PauseCause.MIGRATION));
    guests.add(arrival);
    return arrival;
  }

  /** First the guest stands still here, then it runs there, then it is gone from here. */
  void handOver(SimulatedDomain guest, SimulatedMigration destination, SimulatedDomain arrival) {
    DomainState before = guest.state();
    guests.pause(guest, PauseCause.MIGRATION);
    if (!destination.takeOver(arrival, before)) {
      guest.become(before);
      throw new HypervisorException(Kind.FAILED, "operation failed: client socket is closed");
    }
    guests.emit(new HypervisorEvent.Transferred(guest.description().id(), Duration.ofMillis(50)));
    guests.stop(guest, StopCause.MIGRATED);
  }

  /** The guest runs there with a part of its memory still here, and then cannot go on at all. */
  void tear(SimulatedDomain guest, SimulatedMigration destination, SimulatedDomain arrival) {
    guests.pause(guest, PauseCause.POSTCOPY);
    destination.takeOver(arrival, new DomainState.Running());
    destination.guests.pause(arrival, PauseCause.POSTCOPY_FAILED);
    guests.pause(guest, PauseCause.POSTCOPY_FAILED);
  }

  private boolean takeOver(SimulatedDomain arrival, DomainState state) {
    UUID id = arrival.description().id();
    if (!runs(arrival)) {
      return false;
    }
    arrival.become(state);
    guests.emit(
        state instanceof DomainState.Paused paused
            ? new HypervisorEvent.Suspended(id, paused.cause())
            : new HypervisorEvent.Resumed(id));
    return true;
  }

  void giveUp(SimulatedDomain arrival) {
    guests.stop(arrival, StopCause.FAILED);
  }

  boolean runs(SimulatedDomain domain) {
    return guests.runs(domain);
  }

  @Override
  public Optional<TransferProgress> transfer(UUID domain) {
    return Optional.ofNullable(moves.get(domain)).map(SimulatedMove::progress);
  }

  @Override
  public void abortTransfer(UUID domain) {
    require(domain).abort();
  }

  @Override
  public void setMaximumDowntime(UUID domain, Duration downtime) {
    guests.require(domain);
  }

  @Override
  public void startPostCopy(UUID domain) {
    require(domain)
        .hurry(guests.faults().strike(Operation.POST_COPY, domain).map(Fault::message).orElse(""));
  }

  @Override
  public void setMaximumSpeed(UUID domain, long mebibytes) {
    require(domain);
  }

  private SimulatedMove require(UUID domain) {
    SimulatedMove move = moves.get(domain);
    if (move == null) {
      throw new HypervisorException(Kind.FAILED, "Domain " + domain + " is not on its way");
    }
    return move;
  }
}
