package io.overt.dist.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object as the API sent it. Text and numbers are read as text; what is absent is empty.
 *
 * @param members by name
 */
public record Entity(Map<?, ?> members) {

  public String id() {
    return text("id");
  }

  /** A member's text. */
  public String text(String name) {
    Object value = members.get(name);
    return value == null ? "" : value.toString();
  }

  /** A member that is an object. */
  public Optional<Entity> child(String name) {
    return members.get(name) instanceof Map<?, ?> child
        ? Optional.of(new Entity(child))
        : Optional.empty();
  }

  /** A member that is a list of objects. */
  public List<Entity> children(String name) {
    List<Entity> children = new ArrayList<>();
    if (members.get(name) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> child) {
          children.add(new Entity(child));
        }
      }
    }
    return children;
  }
}
