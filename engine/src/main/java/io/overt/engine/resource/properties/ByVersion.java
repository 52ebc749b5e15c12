package io.overt.engine.resource.properties;

import io.overt.engine.resource.CompatibilityVersions;
import io.overt.model.types.Version;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value for every compatibility version.
 *
 * @param general where no version has its own
 * @param own by the version's text, {@code 4.7}
 */
public record ByVersion<T>(T general, Map<String, T> own) {
  public ByVersion {
    own = Map.copyOf(own);
  }

  public static <T> ByVersion<T> same(T value) {
    return new ByVersion<>(value, Map.of());
  }

  /** The value for a version; of none, the general one. */
  public T at(@Nullable Version version) {
    return version == null
        ? general
        : own.getOrDefault(CompatibilityVersions.text(version), general);
  }
}
