package io.overt.libvirt;

import java.util.List;

/** virDomainState, in libvirt's order. */
public enum DomainState {
  NO_STATE,
  RUNNING,
  BLOCKED,
  PAUSED,
  /** The guest is going down. */
  SHUTDOWN,
  SHUTOFF,
  CRASHED,
  PM_SUSPENDED;

  private static final List<DomainState> ALL = List.of(values());

  static DomainState of(int number) {
    return number >= 0 && number < ALL.size() ? ALL.get(number) : NO_STATE;
  }
}
