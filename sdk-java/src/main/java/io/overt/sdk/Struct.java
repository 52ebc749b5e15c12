package io.overt.sdk;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.StructType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object of the API, immutable. What was neither sent nor set is null, or an empty list; {@link
 * #has} tells it from what was set to be emptied. Structs with the same members are equal.
 */
public abstract class Struct {
  private final Node node;

  /** Of a node that has the type which this class stands for. */
  protected Struct(Node node) {
    this.node = node;
  }

  /** The same without its type, with its links and actions. */
  public Node node() {
    return node;
  }

  /** Whether the member was sent or set; the class has constants with the members' names. */
  public boolean has(String member) {
    return node.has(member);
  }

  protected @Nullable String text(String member) {
    return (String) node.values().get(member);
  }

  protected @Nullable Long number(String member) {
    return (Long) node.values().get(member);
  }

  protected @Nullable BigDecimal decimal(String member) {
    return (BigDecimal) node.values().get(member);
  }

  protected @Nullable Boolean flag(String member) {
    return (Boolean) node.values().get(member);
  }

  protected @Nullable Instant date(String member) {
    return (Instant) node.values().get(member);
  }

  protected <T> @Nullable T struct(String member, Function<Node, T> type) {
    return node.values().get(member) instanceof Node below ? type.apply(below) : null;
  }

  protected <T> List<T> structs(String member, Function<Node, T> type) {
    return node.list(member).stream().map(each -> type.apply((Node) each)).toList();
  }

  protected List<String> texts(String member) {
    return node.list(member).stream().map(String.class::cast).toList();
  }

  protected <E extends EnumValue> List<E> constants(String member, Function<String, E> type) {
    return node.list(member).stream().map(each -> type.apply((String) each)).toList();
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof Struct struct
        && getClass() == struct.getClass()
        && node.equals(struct.node);
  }

  @Override
  public final int hashCode() {
    return node.hashCode();
  }

  @Override
  public final String toString() {
    return node.toString();
  }

  /**
   * What builders have in common.
   *
   * @param <B> the builder itself
   */
  public abstract static class Builder<B extends Builder<B>> {
    private final Node.Builder node;

    protected Builder(Node.Builder node) {
      this.node = node;
    }

    protected abstract B self();

    /** The node with what was set so far. */
    protected Node built() {
      return node.build();
    }

    /** Empties a text, an object or a list, so that a change removes what was there. */
    public B clear(String member) {
      node.set(member, null);
      return self();
    }

    /** Takes a member away, so that a change does not mention it. */
    public B unset(String member) {
      node.unset(member);
      return self();
    }

    protected B put(String member, @Nullable Object value) {
      node.set(member, plain(value));
      return self();
    }

    protected B refer(String member, @Nullable Ref value) {
      StructType type = node.type().member(member).structType();
      node.set(member, value == null ? null : value.node(type));
      return self();
    }

    protected B putAll(String member, Object... values) {
      return put(member, Arrays.asList(values));
    }

    /**
     * Changes what stands there already, or something new. Another object is named anew: with the
     * id of the one that stood there, it would remain that one.
     */
    protected <C extends Builder<C>> B change(
        String member, Function<Node.Builder, C> type, Consumer<? super C> change) {
      boolean other = node.type().member(member).link();
      Node known = other ? null : node.build().node(member).orElse(null);
      C builder =
          type.apply(
              known == null
                  ? Node.builder(node.type().member(member).structType())
                  : known.toBuilder());
      change.accept(builder);
      node.set(member, builder.built());
      return self();
    }
  }

  static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Struct struct -> struct.node();
      case EnumValue constant -> constant.wire();
      case Collection<?> many -> many.stream().map(Struct::plain).toList();
      case null, default -> value;
    };
  }
}
