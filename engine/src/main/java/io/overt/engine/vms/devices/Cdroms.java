package io.overt.engine.vms.devices;

import io.overt.model.types.Cdrom;

/** The one CD-ROM that every machine and template has. */
public final class Cdroms {
  /** The CD-ROM's id in every oVirt engine. */
  public static final String ID = "00000000-0000-0000-0000-000000000000";

  private Cdroms() {}

  /** A drive without a disc. */
  public static Cdrom empty() {
    return new Cdrom().id(ID);
  }
}
