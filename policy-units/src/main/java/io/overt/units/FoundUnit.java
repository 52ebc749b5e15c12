package io.overt.units;

import io.overt.scheduling.external.ExternalUnit;
import io.overt.scheduling.external.ExternalUnit.Kind;
import java.util.Arrays;
import java.util.Optional;

/**
 * A unit as its class declares it.
 *
 * @param rawDescription with the indentation of its source
 * @param rawProperties the class's {@code properties_validation}
 * @param own whether the class is of the file's own, and not imported into it
 */
record FoundUnit(ExternalUnit unit, String rawDescription, String rawProperties, boolean own) {

  /** The methods that make a class a unit. */
  enum Method {
    DO_FILTER("do_filter", Kind.FILTER),
    DO_SCORE("do_score", Kind.WEIGHT),
    DO_BALANCE("do_balance", Kind.LOAD_BALANCING);

    final String text;
    final Kind kind;

    Method(String text, Kind kind) {
      this.text = text;
      this.kind = kind;
    }

    static Method of(Kind kind) {
      return switch (kind) {
        case FILTER -> DO_FILTER;
        case WEIGHT -> DO_SCORE;
        case LOAD_BALANCING -> DO_BALANCE;
      };
    }

    static Optional<Method> of(String text) {
      return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }
  }
}
