package io.overt.scheduling;

import java.util.Arrays;
import java.util.Optional;

/** How the scores of several weights become one order of hosts. */
public enum Selector {
  /** The greatest Σ factor × rank, where a host's rank in a weight is how many it is not behind. */
  RANK("RankSelector", "b280e7de-5df8-401e-b004-a1414d79a687"),
  /** The least Σ factor × score: oVirt before ranks. */
  BASIC("BasicWeighting", "0c89f215-9c4f-4bbb-8419-31a2d43ae7ea");

  private final String unitName;
  private final String id;

  Selector(String unitName, String id) {
    this.unitName = unitName;
    this.id = id;
  }

  public String unitName() {
    return unitName;
  }

  public String id() {
    return id;
  }

  public static Optional<Selector> of(String unitId) {
    return Arrays.stream(values()).filter(selector -> selector.id.equals(unitId)).findFirst();
  }
}
