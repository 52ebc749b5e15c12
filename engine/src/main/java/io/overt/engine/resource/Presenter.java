package io.overt.engine.resource;

import io.overt.inventory.Entity;
import io.overt.inventory.Snapshot;
import io.overt.model.Call;
import io.overt.model.Struct;

/** Turns what is stored into what a client sees, adding what is only known when asked. */
public interface Presenter<T extends Struct> {
  T present(Entity<T> entity, Snapshot snapshot, Call call);

  /** What is stored is what is seen. */
  static <T extends Struct> Presenter<T> stored() {
    return (entity, snapshot, call) -> entity.value();
  }
}
