package io.overt.codec;

import io.overt.model.Schema;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.util.HashMap;
import java.util.Map;

/** How each struct type is written and read in one version of the documents. */
final class WireTable {
  private static final WireTable V4 = new WireTable(ApiVersion.V4, WireRules.NONE);

  /** Made when the first client of that version comes. */
  private static final class Holder {
    static final WireTable V3 = new WireTable(ApiVersion.V3, WireRules.read("version-3.rules"));
  }

  /** Whether unknown elements are skipped and a state has an element of its own. */
  final boolean old;

  private final Map<StructType, WireType> types = new HashMap<>();

  private WireTable(ApiVersion version, WireRules rules) {
    this.old = version == ApiVersion.V3;
    for (StructType type : Schema.current().structs()) {
      types.put(type, WireType.of(type, rules, old));
    }
    types.values().forEach(wire -> wire.resolve(this));
  }

  static WireTable of(ApiVersion version) {
    return version == ApiVersion.V4 ? V4 : Holder.V3;
  }

  WireType of(StructType type) {
    WireType wire = types.get(type);
    if (wire == null) {
      throw new IllegalArgumentException("the struct type " + type + " is not of this schema");
    }
    return wire;
  }

  WireType of(Struct struct) {
    return of(struct.type());
  }
}
