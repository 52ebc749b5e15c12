package io.overt.sdk;

import org.jspecify.annotations.Nullable;

/** A constant of one of the API's enums. */
public interface EnumValue {
  /** As documents write it; empty for what a newer engine sent and this SDK does not know. */
  String wire();

  /** The constant that documents write so, or the last one, which stands for all unknown ones. */
  static <E extends EnumValue> @Nullable E find(E[] constants, @Nullable String wire) {
    if (wire == null) {
      return null;
    }
    for (E constant : constants) {
      if (constant.wire().equals(wire)) {
        return constant;
      }
    }
    return constants[constants.length - 1];
  }
}
