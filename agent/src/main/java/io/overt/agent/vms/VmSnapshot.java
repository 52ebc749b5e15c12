package io.overt.agent.vms;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A virtual machine at one moment.
 *
 * @param exit present exactly when the status is Down
 * @param statusTime of {@link StatusClock}, taken together with the status
 * @param xml the domain's XML: the engine's until it runs, the live one afterwards; empty for one
 *     that died while the agent was away
 * @param hash changes when the live XML changes; empty until it runs
 * @param description read from the XML; empty when there is none
 * @param clientAddress of the connected console client, or empty
 * @param watchdog the last time that the guest's watchdog ran out
 * @param migrationProgress in percent, while it moves to another host
 */
public record VmSnapshot(
    UUID id,
    String name,
    VmStatus status,
    Optional<VmExit> exit,
    Optional<PauseCode> pauseCode,
    Optional<IoFault> ioFault,
    long statusTime,
    String xml,
    String hash,
    Optional<DomainDescription> description,
    String clientAddress,
    Optional<WatchdogEvent> watchdog,
    OptionalInt migrationProgress) {

  /**
   * The guest's watchdog ran out.
   *
   * @param seconds since the epoch
   * @param action what was done
   */
  public record WatchdogEvent(long seconds, String action) {}

  /** The device whose failure paused the guest. */
  public record IoFault(String alias, String target, String path) {}
}
