package io.overt.scheduling.external;

import java.util.Map;
import java.util.Optional;

/**
 * A unit that can be called. Name and kind together are its identity: one name may be a filter, a
 * weight and a balancer.
 *
 * @param description what its author says of it, without indentation
 * @param properties the policy's properties that it reads: name to the regular expression that a
 *     whole value has to match
 * @param problem why it should not be offered, if so: its declaration of properties is wrong
 */
public record ExternalUnit(
    String name,
    Kind kind,
    String description,
    Map<String, String> properties,
    Optional<String> problem) {

  /** What a unit does; {@link #text} is the API's word. */
  public enum Kind {
    FILTER("filter"),
    WEIGHT("weight"),
    LOAD_BALANCING("load_balancing");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
