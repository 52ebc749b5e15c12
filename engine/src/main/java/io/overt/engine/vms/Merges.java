package io.overt.engine.vms;

import io.overt.engine.resource.Updates;
import io.overt.model.types.Vm;
import java.util.Set;

/** Lays what a client sent over what a new machine has already. */
final class Merges {
  private Merges() {}

  /** As an update would, but for a machine that has no id yet. */
  static Vm into(Vm machine, Vm body, Set<String> readOnly) {
    Vm changes = (Vm) body.shallowCopy();
    changes.id(null);
    return Updates.merge(machine, changes, readOnly);
  }
}
