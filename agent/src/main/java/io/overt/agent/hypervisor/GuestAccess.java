package io.overt.agent.hypervisor;

import java.util.UUID;

/**
 * What only the guest's own agent can tell or do. A guest without an agent, or with one that does
 * not answer, is a {@link HypervisorException} of kind {@code GUEST_SILENT}.
 */
public interface GuestAccess {

  /** What the agent says of its guest. */
  GuestFacts guest(UUID domain);

  /** Flushes and freezes all file systems; the number of those that are frozen. */
  int freeze(UUID domain);

  /** Lets frozen file systems go on; the number of those that were frozen. */
  int thaw(UUID domain);

  /** Asks the agent to power the guest off, or to reboot it. */
  void leaveByAgent(UUID domain, boolean reboot);
}
