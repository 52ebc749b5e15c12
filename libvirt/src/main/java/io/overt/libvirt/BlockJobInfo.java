package io.overt.libvirt;

/** Progress in units of libvirt's choice: done when current equals end and end is not 0. */
public record BlockJobInfo(DomainEvent.BlockJobType type, long bandwidth, long current, long end) {
  public boolean caughtUp() {
    return end > 0 && current == end;
  }
}
