package io.overt.model;

import org.jspecify.annotations.Nullable;

/**
 * A member of a struct.
 *
 * @param name words of the model joined by underscores
 * @param tag element name on the wire
 * @param index slot in every struct that has this member
 * @param level inheritance level that declares it, 0 = root of the hierarchy
 * @param reference name of the enum or struct behind it, if it is one
 * @param itemTag element name of an entry, for lists
 * @param link true for a relation to another object (written as a reference), false for data
 */
public record Member(
    String name,
    String tag,
    int index,
    int level,
    Kind kind,
    boolean list,
    @Nullable String reference,
    @Nullable String itemTag,
    boolean link) {

  /** The enum behind this member; only for {@link Kind#ENUM}. */
  public EnumType enumType() {
    return Schema.current().enumType(requireReference());
  }

  /** The struct behind this member; only for {@link Kind#STRUCT}. */
  public StructType structType() {
    return Schema.current().struct(requireReference());
  }

  private String requireReference() {
    if (reference == null) {
      throw new IllegalStateException("member " + name + " of kind " + kind + " refers to no type");
    }
    return reference;
  }
}
