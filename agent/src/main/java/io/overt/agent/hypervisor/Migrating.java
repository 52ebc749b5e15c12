package io.overt.agent.hypervisor;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What a hypervisor does to move running guests to another one. */
public interface Migrating {

  /** Makes what a guest with this XML needs here besides disks and networks. */
  default void expect(String xml) {}

  /** The XML with which another host can run the guest, secrets left out. */
  String migratableXml(UUID domain);

  /**
   * Moves the guest and returns when the other side runs it; the domain is gone from here then. The
   * hypervisors finish or abort the move by themselves when the caller dies.
   *
   * @throws HypervisorException when it did not move; unless the domain is gone too, the guest is
   *     still here
   */
  void migrate(UUID domain, Transfer transfer);

  /** How far the move that leaves here is; empty when there is none. */
  Optional<TransferProgress> transfer(UUID domain);

  /** How long a guest that came here stood still for that; empty when that is not known. */
  default Optional<Duration> stoodStill(UUID domain) {
    return Optional.empty();
  }

  /** Breaks the move off; the guest goes on here. Fails when there is none to break off. */
  void abortTransfer(UUID domain);

  /** How long the guest may stand still at the end of a move. */
  void setMaximumDowntime(UUID domain, Duration downtime);

  /** How much of a move that leaves here may be sent, in MiB a second. */
  void setMaximumSpeed(UUID domain, long mebibytes);

  /** Lets the guest run on the other side at once; the rest of its memory follows. */
  void startPostCopy(UUID domain);
}
