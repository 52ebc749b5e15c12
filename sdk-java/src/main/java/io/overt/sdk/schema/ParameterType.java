package io.overt.sdk.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of an operation.
 *
 * @param operation where it belongs, such as {@code vm/migrate}
 * @param name as requests name it
 * @param in whether the client gives it
 * @param out whether the answer contains it
 * @param list whether it has any number of values
 * @param reference the enum or type of its values, if they are of one
 * @param mandatory whether requests without it are refused
 */
public record ParameterType(
    String operation,
    String name,
    boolean in,
    boolean out,
    Kind kind,
    boolean list,
    @Nullable String reference,
    boolean mandatory) {

  /** The type of a struct, or of the entries of a list of structs. */
  public Optional<StructType> structType() {
    return kind == Kind.STRUCT && reference != null
        ? Optional.of(Schema.current().type(reference))
        : Optional.empty();
  }

  /** The values that it may have, if it is an enum. */
  public Optional<EnumType> enumType() {
    return kind == Kind.ENUM && reference != null
        ? Optional.of(Schema.current().enumType(reference))
        : Optional.empty();
  }

  /** What the model says of it; empty if nothing. */
  public String documentation() {
    return Documentation.of("services/" + operation + "/" + name);
  }

  /** The first sentence of {@link #documentation()}. */
  public String summary() {
    return Documentation.summary(documentation());
  }
}
