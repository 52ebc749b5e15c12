package io.overt.sdk.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A type of the model: what its documents may contain. */
public final class StructType {
  private final String name;
  private final String tag;
  private final String pluralTag;
  private final @Nullable String base;
  private final List<Member> members;
  private final Map<String, Member> byName = new HashMap<>();

  StructType(
      String name, String tag, String pluralTag, @Nullable String base, List<Member> members) {
    this.name = name;
    this.tag = tag;
    this.pluralTag = pluralTag;
    this.base = base;
    this.members = List.copyOf(members);
    for (Member member : members) {
      byName.put(member.name(), member);
    }
    for (Member member : members) {
      byName.put(member.tag(), member);
    }
  }

  /** As the model names it: {@code disk_attachment}. */
  public String name() {
    return name;
  }

  /** As documents name one. */
  public String tag() {
    return tag;
  }

  /** As documents name several. */
  public String pluralTag() {
    return pluralTag;
  }

  /** The type that it extends. */
  public Optional<StructType> base() {
    return Optional.ofNullable(base).map(Schema.current()::type);
  }

  /** All members, inherited ones first. */
  public List<Member> members() {
    return members;
  }

  /** A member by its tag or by its name. */
  public Optional<Member> find(String tagOrName) {
    return Optional.ofNullable(byName.get(tagOrName));
  }

  /**
   * A member by its tag or by its name.
   *
   * @throws IllegalArgumentException that lists the members when there is none
   */
  public Member member(String tagOrName) {
    Member member = byName.get(tagOrName);
    if (member == null) {
      throw new IllegalArgumentException(
          "%s has no member '%s', but %s"
              .formatted(
                  name,
                  tagOrName,
                  members.stream().map(Member::tag).collect(Collectors.joining(", "))));
    }
    return member;
  }

  /**
   * A member by a path such as {@code cluster.name} or {@code os.boot.devices}.
   *
   * @throws IllegalArgumentException that lists the members when a step leads nowhere
   */
  public Member walk(String path) {
    StructType type = this;
    String[] steps = path.split("\\.", -1);
    for (int index = 0; index < steps.length - 1; index++) {
      Member member = type.member(steps[index]);
      if (member.kind() != Kind.STRUCT) {
        throw new IllegalArgumentException(
            "%s.%s is %s and has no members; path: %s"
                .formatted(type.name, member.tag(), member.kind().description(), path));
      }
      type = member.structType();
    }
    return type.member(steps[steps.length - 1]);
  }

  /** Whether its objects have an id of their own. */
  public boolean identified() {
    return byName.containsKey("id");
  }

  /** What the model says of it; empty if nothing. */
  public String documentation() {
    return Documentation.of("types/" + name);
  }

  /** The first sentence of {@link #documentation()}. */
  public String summary() {
    return Documentation.summary(documentation());
  }

  @Override
  public String toString() {
    return name;
  }
}
