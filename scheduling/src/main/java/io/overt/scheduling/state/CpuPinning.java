package io.overt.scheduling.state;

/** How a machine's processors are bound to those of the host (oVirt {@code CpuPinningPolicy}). */
public enum CpuPinning {
  NONE,
  MANUAL,
  RESIZE_AND_PIN_NUMA,
  DEDICATED,
  ISOLATE_THREADS;

  /** Whether nobody else may use the processors. */
  public boolean exclusive() {
    return this == DEDICATED || this == ISOLATE_THREADS;
  }
}
