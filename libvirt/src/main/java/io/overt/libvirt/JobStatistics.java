package io.overt.libvirt;

/**
 * The job of a domain: a migration, a save, a dump. Names of the values: {@code time_elapsed} (ms),
 * {@code data_total}, {@code data_processed}, {@code data_remaining}, {@code memory_*} and {@code
 * disk_*} (bytes), {@code downtime} (ms), {@code memory_iteration}, {@code auto_converge_throttle}.
 */
public record JobStatistics(Kind kind, TypedParameters values) {
  /** virDomainJobType. */
  public enum Kind {
    NONE,
    BOUNDED,
    UNBOUNDED,
    COMPLETED,
    FAILED,
    CANCELLED
  }
}
