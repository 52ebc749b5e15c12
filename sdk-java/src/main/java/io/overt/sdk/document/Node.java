package io.overt.sdk.document;

import io.overt.sdk.schema.Kind;
import io.overt.sdk.schema.Member;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.StructType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of the API, immutable: members by their tags, and where it leads.
 *
 * <p>A value is a {@link String} (texts and enums), {@link Boolean}, {@link Long}, {@link
 * BigDecimal}, {@link Instant}, another node, or a list of those. A member that was not sent is
 * absent, which is not the same as one that was set to null, to be emptied. A node remembers which
 * of its members a program set: of a node that was read, only those are sent to change the object.
 *
 * <p>Members are named by paths: {@code node.text("os.type")}.
 */
public final class Node {
  private final StructType type;
  private final Map<String, @Nullable Object> values;
  private final @Nullable String href;
  private final Map<String, String> links;
  private final Map<String, String> actions;
  private final Set<String> changed;

  Node(
      StructType type,
      Map<String, @Nullable Object> values,
      @Nullable String href,
      Map<String, String> links,
      Map<String, String> actions,
      Collection<String> changed) {
    this.type = type;
    this.values = Collections.unmodifiableMap(values);
    this.href = href;
    this.links = Collections.unmodifiableMap(links);
    this.actions = Collections.unmodifiableMap(actions);
    this.changed = Collections.unmodifiableSet(new LinkedHashSet<>(changed));
  }

  public static Builder builder(StructType type) {
    return new Builder(type);
  }

  /** A new object of the type with this name, such as {@code vm}. */
  public static Builder builder(String type) {
    return new Builder(Schema.current().type(type));
  }

  /** A reference to another object by its id, or by its name if that is no UUID. */
  public static Node reference(StructType type, String idOrName) {
    return Values.reference(type, idOrName);
  }

  /**
   * Reads a document.
   *
   * @throws MalformedDocument when it is none
   */
  public static Node read(StructType type, String json) {
    JsonInput input = new JsonInput(json);
    Node node = new NodeReader(input).node(type);
    input.end();
    return node;
  }

  /**
   * Reads the entries of the document of a collection.
   *
   * @throws MalformedDocument when it is none
   */
  public static List<Node> readList(StructType type, String json) {
    JsonInput input = new JsonInput(json);
    List<Node> nodes = new NodeReader(input).entries(type);
    input.end();
    return nodes;
  }

  public StructType type() {
    return type;
  }

  public Optional<String> id() {
    return Optional.ofNullable((String) values.get("id"));
  }

  /** The path of its address. */
  public Optional<String> href() {
    return Optional.ofNullable(href);
  }

  /** What is present by tag, in the order of the document; null where it was set to null. */
  public Map<String, @Nullable Object> values() {
    return values;
  }

  /** Addresses of what is below it by relation, such as {@code nics}. */
  public Map<String, String> links() {
    return links;
  }

  /** Addresses of its actions by their names in addresses. */
  public Map<String, String> actions() {
    return actions;
  }

  /** Tags of the members that a program set, and the engine did not send. */
  public Set<String> changed() {
    return changed;
  }

  /** Whether the member was sent or set. */
  public boolean has(String path) {
    int dot = path.lastIndexOf('.');
    Node holder = dot < 0 ? this : node(path.substring(0, dot)).orElse(null);
    return holder != null && holder.values.containsKey(holder.tag(path.substring(dot + 1)));
  }

  private String tag(String name) {
    return name.equals("id") || name.equals("creation_status") ? name : type.member(name).tag();
  }

  /**
   * The value of a member.
   *
   * @throws IllegalArgumentException when the type has no such member
   */
  public Optional<Object> get(String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return Optional.ofNullable(values.get(tag(path)));
    }
    String rest = path.substring(dot + 1);
    Member member = type.member(path.substring(0, dot));
    return node(member.tag())
        .flatMap(below -> below.get(rest))
        .or(
            () -> {
              type.walk(path);
              return Optional.empty();
            });
  }

  /** The value as a text, of whatever kind it is but an object or a list. */
  public Optional<String> text(String path) {
    return get(path).filter(value -> !(value instanceof Node)).map(Node::plain);
  }

  private static String plain(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  public Optional<Long> number(String path) {
    return get(path).map(value -> ((Number) value).longValue());
  }

  public Optional<Boolean> flag(String path) {
    return get(path).map(Boolean.class::cast);
  }

  public Optional<Node> node(String path) {
    return get(path).filter(Node.class::isInstance).map(Node.class::cast);
  }

  /** The objects of a list; none if it is absent. */
  public List<Node> nodes(String path) {
    return list(path).stream().map(Node.class::cast).toList();
  }

  /** The entries of a list; none if it is absent. */
  public List<Object> list(String path) {
    return get(path)
        .map(value -> value instanceof List<?> list ? List.<Object>copyOf(list) : List.of(value))
        .orElse(List.of());
  }

  /** A builder that begins with this node's members. */
  public Builder toBuilder() {
    Builder builder = new Builder(type);
    builder.values.putAll(values);
    builder.changed.addAll(changed);
    builder.origin = this;
    return builder;
  }

  /** All of its members as a document. */
  public String toJson() {
    return NodeWriter.write(this, _ -> true);
  }

  /** The members that were set, as the document of a change. */
  public String toJsonOfChanges() {
    return NodeWriter.write(this, changed::contains);
  }

  /** Whether they have the same members; where they were read does not matter. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Node node && type == node.type && values.equals(node.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** For people: passwords are left out. */
  @Override
  public String toString() {
    return type.name() + NodeWriter.show(this);
  }

  /** Sets members by paths; what is between is made where it is missing. */
  public static final class Builder {
    private final StructType type;
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private @Nullable Node origin;

    private Builder(StructType type) {
      this.type = type;
    }

    public StructType type() {
      return type;
    }

    /**
     * Sets a member. Texts are converted to what the member is; for another object, a text is its
     * id or name.
     *
     * @param path such as {@code memory}, {@code cluster.name} or {@code os.boot.devices}
     * @param value null to empty it, which numbers, flags, dates and enums cannot be
     * @throws IllegalArgumentException that says what is expected when the value does not fit
     */
    public Builder set(String path, @Nullable Object value) {
      int dot = path.indexOf('.');
      if (dot >= 0) {
        below(
            path.substring(0, dot),
            path.substring(dot + 1),
            (child, rest) -> child.set(rest, value));
        return this;
      }
      Member member = type.member(path);
      if (value == null) {
        requireClearable(member);
        return put(member.tag(), null);
      }
      if (member.list()) {
        List<Object> items = new ArrayList<>();
        for (Object item : value instanceof Collection<?> given ? given : List.of(value)) {
          items.add(Values.convert(member, item));
        }
        return put(member.tag(), List.copyOf(items));
      }
      return put(member.tag(), Values.convert(member, value));
    }

    /** Adds an entry to a list. */
    public Builder add(String path, Object value) {
      int dot = path.indexOf('.');
      if (dot >= 0) {
        below(
            path.substring(0, dot),
            path.substring(dot + 1),
            (child, rest) -> child.add(rest, value));
        return this;
      }
      Member member = type.member(path);
      if (!member.list()) {
        throw new IllegalArgumentException(
            member + " is " + member.kind().description() + ", no list");
      }
      List<Object> items = new ArrayList<>();
      if (values.get(member.tag()) instanceof List<?> known) {
        items.addAll(known);
      }
      items.add(Values.convert(member, value));
      return put(member.tag(), List.copyOf(items));
    }

    /** Takes a member away, so that it is neither sent nor emptied. */
    public Builder unset(String tagOrName) {
      String tag = type.member(tagOrName).tag();
      values.remove(tag);
      changed.remove(tag);
      return this;
    }

    private interface Step {
      void on(Builder child, String rest);
    }

    private void below(String name, String rest, Step step) {
      Member member = type.member(name);
      if (member.kind() != Kind.STRUCT || member.list()) {
        throw new IllegalArgumentException(
            "%s is %s%s and has no member '%s'"
                .formatted(
                    member,
                    member.list() ? "a list, each " : "",
                    member.kind().description(),
                    rest));
      }
      Builder child =
          values.get(member.tag()) instanceof Node known
              ? known.toBuilder()
              : new Builder(member.structType());
      step.on(child, rest);
      put(member.tag(), child.build());
    }

    private static void requireClearable(Member member) {
      boolean clearable =
          member.list() || member.kind() == Kind.STRUCT || member.kind() == Kind.TEXT;
      if (!clearable) {
        throw new IllegalArgumentException(
            "%s is null, expected %s: the API has no way to empty it"
                .formatted(member, member.kind().description()));
      }
    }

    private Builder put(String tag, @Nullable Object value) {
      values.put(tag, value);
      changed.add(tag);
      return this;
    }

    public Node build() {
      Node from = origin;
      return new Node(
          type,
          new LinkedHashMap<>(values),
          from == null ? null : from.href,
          from == null ? Map.of() : from.links,
          from == null ? Map.of() : from.actions,
          changed);
    }
  }
}
