package io.overt.engine.quotas;

import io.overt.model.ApiFault;
import io.overt.model.Struct;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What limits for clusters and for storage domains have in common. */
final class QuotaLimits {
  private QuotaLimits() {}

  /** One limit for everything, or one for each of some objects: not both, and none twice. */
  static <T extends Struct> void requireFitting(
      List<T> present, T added, Function<T, @Nullable Struct> object) {
    for (T limit : present) {
      if (Objects.equals(limit.id(), added.id())) {
        throw ApiFault.conflict("The quota already has a limit for this object.");
      }
      if ((object.apply(limit) == null) != (object.apply(added) == null)) {
        throw ApiFault.bad(
            "A quota has either one limit for all or limits for some; remove the present ones"
                + " first");
      }
    }
  }
}
