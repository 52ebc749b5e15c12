package io.overt.sdk.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attribute or link of a type.
 *
 * @param declaringType the type that declares it, which types below inherit
 * @param name as the model names it: {@code operating_system}
 * @param tag as documents name it: {@code os}
 * @param list whether it has any number of values
 * @param reference the enum or type of its values, if they are of one
 * @param item the tag of an entry of a list, else null
 * @param link whether it is another object, of which a document holds an address unless it was
 *     followed
 */
public record Member(
    String declaringType,
    String name,
    String tag,
    Kind kind,
    boolean list,
    @Nullable String reference,
    @Nullable String item,
    boolean link) {

  /** The type of a struct, or of the entries of a list of structs. */
  public StructType structType() {
    return Schema.current().type(requireReference(Kind.STRUCT));
  }

  /** The enum of its value or values. */
  public EnumType enumType() {
    return Schema.current().enumType(requireReference(Kind.ENUM));
  }

  private String requireReference(Kind wanted) {
    if (kind != wanted || reference == null) {
      throw new IllegalStateException(
          declaringType + "." + name + " is " + kind.description() + ", not " + wanted);
    }
    return reference;
  }

  /** The values that it may have, if it is an enum. */
  public Optional<EnumType> values() {
    return kind == Kind.ENUM ? Optional.of(enumType()) : Optional.empty();
  }

  /** What the model says of it; empty if nothing. */
  public String documentation() {
    return Documentation.of("types/" + declaringType + "/" + name);
  }

  /** The first sentence of {@link #documentation()}. */
  public String summary() {
    return Documentation.summary(documentation());
  }

  @Override
  public String toString() {
    return declaringType + "." + name;
  }
}
