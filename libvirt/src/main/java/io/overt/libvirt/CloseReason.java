package io.overt.libvirt;

/** Why a connection to libvirt ended by itself. */
public enum CloseReason {
  ERROR,
  /** libvirtd went away. */
  END_OF_FILE,
  /** libvirtd did not answer the keep-alive questions. */
  KEEP_ALIVE,
  CLIENT;

  static CloseReason of(int number) {
    CloseReason[] all = values();
    return number >= 0 && number < all.length ? all[number] : ERROR;
  }
}
