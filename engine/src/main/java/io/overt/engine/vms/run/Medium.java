package io.overt.engine.vms.run;

import java.util.Map;

/**
 * A disc whose files come with the machine; agents make it.
 *
 * @param drive name of its drive in the domain
 * @param label of the volume
 * @param files contents by path
 */
record Medium(String drive, String label, Map<String, String> files) {

  /** The contents may be secret. */
  @Override
  public String toString() {
    return "Medium[" + drive + ", " + label + ", " + files.keySet() + "]";
  }
}
