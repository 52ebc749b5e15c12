package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows member names from an object's struct, through values and through references. */
final class Path implements Accessor {
  private final List<Step> steps;

  /**
   * A member to read.
   *
   * @param target kind of the object that the struct read refers to, when there is one
   */
  private record Step(Member member, @Nullable Kind<?> target) {}

  private Path(List<Step> steps) {
    this.steps = steps;
  }

  /**
   * Resolves the names once.
   *
   * @throws IllegalArgumentException when a struct on the way has no such member
   */
  static Path of(StructType type, List<String> names) {
    List<Step> steps = new ArrayList<>();
    StructType at = type;
    for (String name : names) {
      Member member = at.member(name);
      boolean struct = member.kind() == io.overt.model.Kind.STRUCT && !member.list();
      steps.add(new Step(member, struct ? Kinds.ofType(member.structType()) : null));
      at = struct ? member.structType() : at;
    }
    return new Path(steps);
  }

  @Override
  public @Nullable Object value(Scope scope, Entity<?> entity) {
    Struct at = entity.value();
    Kind<?> target = null;
    Object value = null;
    for (Step step : steps) {
      value = at.get(step.member());
      String id = value == null && target != null ? at.id() : null;
      if (id != null && target != null) {
        Entity<?> referred = scope.find(target, id);
        value = referred == null ? null : referred.value().get(step.member());
      }
      if (!(value instanceof Struct next)) {
        return value;
      }
      at = next;
      target = step.target();
    }
    return value;
  }
}
