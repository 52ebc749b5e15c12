package io.overt.codec;

import io.overt.model.Struct;
import org.jspecify.annotations.Nullable;

/** Where a value comes from that is not simply a member of the object that is written. */
@FunctionalInterface
interface Source {
  /** The value for a document about {@code struct}, or null for none. */
  @Nullable Object of(Struct struct, Decorator decorator);
}
