package io.overt.agent.vms;

import java.util.Locale;

/** Why a virtual machine is paused, as the engine reads it. */
public enum PauseCode {
  NOERR,
  EIO,
  ENOSPC,
  EPERM,
  EOTHER,
  POSTCOPY;

  static PauseCode ofIoError(String reason) {
    return switch (reason.toLowerCase(Locale.ROOT)) {
      case "enospc" -> ENOSPC;
      case "eperm", "eacces" -> EPERM;
      case "eio" -> EIO;
      default -> EOTHER;
    };
  }
}
