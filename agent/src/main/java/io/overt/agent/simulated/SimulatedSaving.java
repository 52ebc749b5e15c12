package io.overt.agent.simulated;

import io.overt.agent.hypervisor.DomainState.StopCause;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.hypervisor.SavedStates;
import io.overt.agent.simulated.Faults.Operation;
import java.util.Set;
import java.util.UUID;

/** Guests' memory in files that hold nothing but their names. */
final class SimulatedSaving implements SavedStates {

  private final SimulatedGuests guests;
  private final Set<String> files;

  /**
   * @param files on storage that hosts may share
   */
  SimulatedSaving(SimulatedGuests guests, Set<String> files) {
    this.guests = guests;
    this.files = files;
  }

  @Override
  public String portableXml(UUID domain) {
    return guests.on(Operation.XML, domain, SimulatedDomain::xml);
  }

  @Override
  public void save(UUID domain, String file) {
    guests.on(
        Operation.SAVE,
        domain,
        found -> {
          files.add(file);
          return guests.stop(found, StopCause.SAVED);
        });
  }

  @Override
  public boolean saved(String file) {
    return files.contains(file);
  }

  @Override
  public void restore(String file, String domainXml) {
    if (!files.contains(file)) {
      throw new HypervisorException(Kind.FAILED, "No guest was saved to " + file);
    }
    guests.launch(Operation.RESTORE, domainXml, true);
  }
}
