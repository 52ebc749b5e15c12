package io.overt.codec;

import java.util.ArrayList;
import java.util.List;

/** Where in a document the reader stands; spelled only when something is wrong there. */
final class Path {
  private final List<String> names = new ArrayList<>();

  void enter(String name) {
    names.add(name);
  }

  void leave() {
    names.removeLast();
  }

  int depth() {
    return names.size();
  }

  /** {@code vm.cpu.topology}. */
  @Override
  public String toString() {
    return String.join(".", names);
  }

  /** The path of something below. */
  String to(String name) {
    return names.isEmpty() ? name : this + "." + name;
  }
}
