package io.overt.inventory;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/** A persistent set of ids: an array while it is small, since most of them hold one id. */
final class IdSet {
  private static final int SMALL = 8;
  private final String @Nullable [] few;
  private final PSet<String> many;

  private IdSet(String @Nullable [] few, PSet<String> many) {
    this.few = few;
    this.many = many;
  }

  static IdSet of(String id) {
    return new IdSet(new String[] {id}, HashTreePSet.empty());
  }

  /** Of distinct ids, at least one. */
  static IdSet of(List<String> ids) {
    return ids.size() <= SMALL
        ? new IdSet(ids.toArray(String[]::new), HashTreePSet.empty())
        : new IdSet(null, HashTreePSet.from(ids));
  }

  IdSet plus(String id) {
    if (few == null) {
      return new IdSet(null, many.plus(id));
    }
    if (Arrays.asList(few).contains(id)) {
      return this;
    }
    if (few.length == SMALL) {
      return new IdSet(null, HashTreePSet.from(Arrays.asList(few)).plus(id));
    }
    String[] more = Arrays.copyOf(few, few.length + 1);
    more[few.length] = id;
    return new IdSet(more, many);
  }

  /** Null when nothing is left. */
  @Nullable IdSet minus(String id) {
    if (few == null) {
      PSet<String> less = many.minus(id);
      return less.isEmpty() ? null : new IdSet(null, less);
    }
    int index = Arrays.asList(few).indexOf(id);
    if (index < 0) {
      return this;
    }
    if (few.length == 1) {
      return null;
    }
    String[] less = Arrays.copyOf(few, few.length - 1);
    System.arraycopy(few, index + 1, less, index, less.length - index);
    return new IdSet(less, many);
  }

  Iterable<String> ids() {
    return few == null ? many : List.of(few);
  }

  int size() {
    return few == null ? many.size() : few.length;
  }
}
