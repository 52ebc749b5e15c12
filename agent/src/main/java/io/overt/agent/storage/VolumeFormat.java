package io.overt.agent.storage;

import java.util.Optional;

/** Formats by VDSM's name, number (the engine sends it) and the name qemu-img uses. */
public enum VolumeFormat {
  COW(4, "qcow2"),
  RAW(5, "raw");

  private final int number;
  private final String qemuName;

  VolumeFormat(int number, String qemuName) {
    this.number = number;
    this.qemuName = qemuName;
  }

  public String qemuName() {
    return qemuName;
  }

  /** Reads {@code COW}, {@code 4} and the like. */
  public static Optional<VolumeFormat> parse(String text) {
    for (VolumeFormat format : values()) {
      if (format.name().equalsIgnoreCase(text) || Integer.toString(format.number).equals(text)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
