package io.overt.libvirt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * libvirt's named values: statistics, job information, migration parameters. A name may occur more
 * than once ({@code migrate_disks}). Unsigned 64-bit values are kept in a {@code long}.
 */
public final class TypedParameters implements Iterable<TypedParameters.Parameter> {
  /** The types in libvirt's numbering, which starts at 1. */
  public enum Type {
    INT,
    UNSIGNED_INT,
    LONG,
    UNSIGNED_LONG,
    DOUBLE,
    BOOLEAN,
    STRING
  }

  /** The value is a Long, a Double, a Boolean or a String, as the type says. */
  public record Parameter(String name, Type type, Object value) {}

  /** The empty list. */
  public static final TypedParameters NONE = new TypedParameters(List.of());

  private static final List<Type> TYPES = List.of(Type.values());

  // virTypedParameter: char field[80], int type, union value.
  private static final long SIZE = 96;
  private static final long TYPE_OFFSET = 80;
  private static final long VALUE_OFFSET = 88;

  private final List<Parameter> parameters;
  private final TreeMap<String, Parameter> byName = new TreeMap<>();

  private TypedParameters(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
    for (Parameter parameter : this.parameters) {
      byName.putIfAbsent(parameter.name(), parameter);
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  public int size() {
    return parameters.size();
  }

  @Override
  public Iterator<Parameter> iterator() {
    return parameters.iterator();
  }

  /** An integer or boolean value; empty when there is none of this name. */
  public OptionalLong number(String name) {
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      return OptionalLong.empty();
    }
    return switch (parameter.value()) {
      case Long value -> OptionalLong.of(value);
      case Boolean value -> OptionalLong.of(value ? 1 : 0);
      default -> OptionalLong.empty();
    };
  }

  public long number(String name, long otherwise) {
    return number(name).orElse(otherwise);
  }

  public OptionalDouble fraction(String name) {
    Parameter parameter = byName.get(name);
    return parameter != null && parameter.value() instanceof Double value
        ? OptionalDouble.of(value)
        : OptionalDouble.empty();
  }

  public Optional<String> text(String name) {
    Parameter parameter = byName.get(name);
    return parameter != null && parameter.value() instanceof String value
        ? Optional.of(value)
        : Optional.empty();
  }

  @Override
  public String toString() {
    return byName.values().stream().map(p -> p.name() + "=" + p.value()).toList().toString();
  }

  static TypedParameters read(MemorySegment array, int count) {
    if (count <= 0 || array.address() == 0) {
      return NONE;
    }
    MemorySegment bounded = array.reinterpret(count * SIZE);
    List<Parameter> parameters = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      MemorySegment one = bounded.asSlice(index * SIZE, SIZE);
      int number = one.get(Native.INT, TYPE_OFFSET);
      if (number >= 1 && number <= TYPES.size()) {
        Type type = TYPES.get(number - 1);
        parameters.add(
            new Parameter(one.getString(0, StandardCharsets.UTF_8), type, value(one, type)));
      }
    }
    return new TypedParameters(parameters);
  }

  private static Object value(MemorySegment one, Type type) {
    return switch (type) {
      case INT -> (long) one.get(Native.INT, VALUE_OFFSET);
      case UNSIGNED_INT -> Integer.toUnsignedLong(one.get(Native.INT, VALUE_OFFSET));
      case LONG, UNSIGNED_LONG -> one.get(Native.LONG, VALUE_OFFSET);
      case DOUBLE -> one.get(java.lang.foreign.ValueLayout.JAVA_DOUBLE, VALUE_OFFSET);
      case BOOLEAN -> one.get(java.lang.foreign.ValueLayout.JAVA_BYTE, VALUE_OFFSET) != 0;
      case STRING -> Native.textOrEmpty(one.get(Native.POINTER, VALUE_OFFSET));
    };
  }

  /** As an array in the arena, which libvirt only reads. */
  MemorySegment write(Arena arena) {
    if (parameters.isEmpty()) {
      return Native.NULL;
    }
    MemorySegment array = arena.allocate(parameters.size() * SIZE, 8);
    for (int index = 0; index < parameters.size(); index++) {
      Parameter parameter = parameters.get(index);
      MemorySegment one = array.asSlice(index * SIZE, SIZE);
      one.setString(0, parameter.name(), StandardCharsets.UTF_8);
      one.set(Native.INT, TYPE_OFFSET, TYPES.indexOf(parameter.type()) + 1);
      switch (parameter.value()) {
        case Long value -> {
          switch (parameter.type()) {
            case INT, UNSIGNED_INT -> one.set(Native.INT, VALUE_OFFSET, value.intValue());
            default -> one.set(Native.LONG, VALUE_OFFSET, value);
          }
        }
        case Double value ->
            one.set(java.lang.foreign.ValueLayout.JAVA_DOUBLE, VALUE_OFFSET, value);
        case Boolean value ->
            one.set(java.lang.foreign.ValueLayout.JAVA_BYTE, VALUE_OFFSET, (byte) (value ? 1 : 0));
        default ->
            one.set(Native.POINTER, VALUE_OFFSET, Native.text(arena, parameter.value().toString()));
      }
    }
    return array;
  }

  /** libvirt insists on the exact type that it documents for each name. */
  public static final class Builder {
    private final List<Parameter> parameters = new ArrayList<>();

    private Builder() {}

    public Builder text(String name, String value) {
      return add(name, Type.STRING, value);
    }

    public Builder integer(String name, int value) {
      return add(name, Type.INT, (long) value);
    }

    public Builder unsignedInteger(String name, int value) {
      return add(name, Type.UNSIGNED_INT, Integer.toUnsignedLong(value));
    }

    public Builder longInteger(String name, long value) {
      return add(name, Type.LONG, value);
    }

    public Builder unsignedLong(String name, long value) {
      return add(name, Type.UNSIGNED_LONG, value);
    }

    public Builder flag(String name, boolean value) {
      return add(name, Type.BOOLEAN, value);
    }

    private Builder add(String name, Type type, Object value) {
      if (name.getBytes(StandardCharsets.UTF_8).length >= TYPE_OFFSET) {
        throw new IllegalArgumentException(
            "parameter name '" + name + "' is too long: expected less than 80 bytes");
      }
      parameters.add(new Parameter(name, type, value));
      return this;
    }

    public TypedParameters build() {
      return new TypedParameters(parameters);
    }
  }
}
