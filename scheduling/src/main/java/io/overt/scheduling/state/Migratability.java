package io.overt.scheduling.state;

/** Who may move a machine (oVirt {@code VmAffinity}). */
public enum Migratability {
  MIGRATABLE,
  USER_MIGRATABLE,
  PINNED
}
