package io.overt.sdk.schema;

import java.util.List;

/**
 * An enum of the model.
 *
 * @param values as they stand in documents, in the model's order
 */
public record EnumType(String name, List<String> values) {
  /** What the model says of it; empty if nothing. */
  public String documentation() {
    return Documentation.of("enums/" + name);
  }

  /** What the model says of a value; empty if nothing. */
  public String documentation(String value) {
    return Documentation.of("enums/" + name + "/" + value);
  }
}
