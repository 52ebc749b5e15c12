package io.overt.codec;

import io.overt.model.Struct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a document says about an object beyond its content. Asked while writing, once per place
 * where an object stands, for every type of root (also {@code fault}, {@code action}, {@code api}).
 *
 * <p>The codec never writes {@link Struct#href()} by itself, since that may be what a client sent:
 * a decorator that trusts it returns it from {@link #href}.
 */
public interface Decorator {
  /** For storage: no addresses, actions or links, and nothing is cut down to a reference. */
  Decorator NONE =
      new Decorator() {
        @Override
        public @Nullable String href(Struct struct) {
          return null;
        }

        @Override
        public List<Link> actions(Struct struct) {
          return List.of();
        }

        @Override
        public List<Link> links(Struct struct) {
          return List.of();
        }

        @Override
        public boolean abbreviates() {
          return false;
        }
      };

  /** Absolute path of the object without host, or null when it has none that can be derived. */
  @Nullable String href(Struct struct);

  /** The {@code actions} of an object that is written in full; empty for none. */
  List<Link> actions(Struct struct);

  /** The {@code link} entries of an object that is written in full; empty for none. */
  List<Link> links(Struct struct);

  /** The {@code creation_status} of an object that is still being made; null, as a rule. */
  default @Nullable String creationStatus(Struct struct) {
    return null;
  }

  /**
   * What documents of version 3 say of an object that its members do not hold, by the name that the
   * rules of that version give it: a value, an object, or a list of objects; null for nothing.
   */
  default @Nullable Object asked(Struct struct, String name) {
    return null;
  }

  /** Whether a nested object that has an identity is cut down to its id and href. */
  default boolean abbreviates() {
    return true;
  }
}
