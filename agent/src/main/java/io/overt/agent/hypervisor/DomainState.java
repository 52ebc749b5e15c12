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
    /** The guest runs on another host already, and parts of its memory are still here. */
    POSTCOPY,
    /** The hosts lost each other while parts of its memory were on each: it cannot go on. */
    POSTCOPY_FAILED,
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
