package io.overt.agent.hypervisor;

/** What a domain is doing, as the hypervisor sees it. */
public sealed interface DomainState {

  /** The virtual CPUs run. */
  record Running() implements DomainState {}

  /** The guest is shutting down. */
  record ShuttingDown() implements DomainState {}

  /** The virtual CPUs stand still. */
  record Paused(PauseCause cause) implements DomainState {}

  /** The domain has ended. */
  record Stopped(StopCause cause) implements DomainState {}

  /** Why virtual CPUs stand still. */
  enum PauseCause {
    USER,
    IO_ERROR,
    MIGRATION,
    SAVING,
    STARTING,
    POSTCOPY,
    OTHER
  }

  /** Why a domain ended. */
  enum StopCause {
    SHUTDOWN,
    DESTROYED,
    CRASHED,
    MIGRATED,
    SAVED,
    FAILED,
    OTHER
  }
}
