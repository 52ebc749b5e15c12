package io.overt.agent.hypervisor;

import java.time.Duration;
import java.util.UUID;

/** Something that happened to a domain. */
public sealed interface HypervisorEvent {

  /** The domain that it happened to. */
  UUID domain();

  /** The domain was started. */
  record Started(UUID domain) implements HypervisorEvent {}

  /** Its virtual CPUs stopped. */
  record Suspended(UUID domain, DomainState.PauseCause cause) implements HypervisorEvent {}

  /** Its virtual CPUs run again. */
  record Resumed(UUID domain) implements HypervisorEvent {}

  /** The guest began to shut down. */
  record ShutdownBegan(UUID domain) implements HypervisorEvent {}

  /** It ended. */
  record Stopped(UUID domain, DomainState.StopCause cause) implements HypervisorEvent {}

  /** The guest rebooted; the domain stays. */
  record Rebooted(UUID domain) implements HypervisorEvent {}

  /**
   * A device failed to read or write.
   *
   * @param alias the device's alias, or empty
   * @param path the image, or empty
   * @param reason {@code enospc}, {@code eperm}, {@code eio} or another word of the hypervisor
   */
  record IoError(UUID domain, String alias, String path, String reason)
      implements HypervisorEvent {}

  /** The guest's agent came or went: a guest with an agent has finished booting. */
  record GuestAgent(UUID domain, boolean connected) implements HypervisorEvent {}

  /** A move ended well; the guest stood still for so long in between. */
  record Transferred(UUID domain, Duration downtime) implements HypervisorEvent {}

  /** A console client connected or left; the address may be empty. */
  record Graphics(UUID domain, boolean connected, String clientAddress)
      implements HypervisorEvent {}

  /** A device is gone from the domain; the alias is that of the live XML. */
  record DeviceRemoved(UUID domain, String alias) implements HypervisorEvent {}

  /** The guest refused to give a device up. */
  record DeviceKept(UUID domain, String alias) implements HypervisorEvent {}

  /**
   * The guest's watchdog ran out.
   *
   * @param action what libvirt did, for example {@code reset}
   */
  record Watchdog(UUID domain, String action) implements HypervisorEvent {}
}
