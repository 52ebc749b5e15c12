package io.overt.engine.resource;

import io.overt.model.types.Statistic;
import io.overt.model.types.StatisticKind;
import io.overt.model.types.StatisticUnit;
import io.overt.model.types.Value;
import io.overt.model.types.ValueType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes statistics in the form of engine 4.5. */
public final class Gauge {
  private Gauge() {}

  /**
   * @param datum null = there is no value, which is an empty list
   */
  public static Statistic of(
      String ownerId,
      String name,
      String description,
      StatisticKind kind,
      ValueType type,
      StatisticUnit unit,
      @Nullable BigDecimal datum) {
    return new Statistic()
        .id(id(ownerId, name))
        .name(name)
        .description(description)
        .kind(kind)
        .type_(type)
        .unit(unit)
        .values(datum == null ? List.of() : List.of(new Value().datum(datum)));
  }

  /** The same in every answer, without being stored. */
  private static String id(String ownerId, String name) {
    return UUID.nameUUIDFromBytes((ownerId + "/" + name).getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}
