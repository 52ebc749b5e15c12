package io.overt.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An element as it stood in a document; attributes are children, too. */
public final class ExtraElement {
  private final String name;
  private final List<ExtraElement> children = new ArrayList<>();
  private String text = "";

  ExtraElement(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  /** Its own text, without blanks around. */
  public String text() {
    return text;
  }

  public List<ExtraElement> children() {
    return List.copyOf(children);
  }

  /** The first child of that name, or null. */
  public @Nullable ExtraElement child(String childName) {
    for (ExtraElement child : children) {
      if (child.name.equals(childName)) {
        return child;
      }
    }
    return null;
  }

  /** The text of the first child of that name, or null. */
  public @Nullable String text(String childName) {
    ExtraElement child = child(childName);
    return child == null ? null : child.text;
  }

  /** Whether the child of that name says so: {@code <clone>true</clone>}. */
  public boolean isTrue(String childName) {
    String said = text(childName);
    return said != null && Boolean.TRUE.equals(Scalars.bool(said));
  }

  void add(ExtraElement child) {
    children.add(child);
  }

  void say(String value) {
    text = value;
  }
}
