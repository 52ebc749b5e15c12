package io.overt.codec;

import java.util.Arrays;
import java.util.function.IntFunction;

/** A piece of a document that depends on its depth alone: encoded once for each depth in use. */
final class Indented {
  private final IntFunction<String> text;
  private volatile byte[][] known = new byte[0][];

  /**
   * @param text the piece at a depth
   */
  Indented(IntFunction<String> text) {
    this.text = text;
  }

  /** What begins a line of JSON at that depth. */
  static String line(int depth) {
    return "\n" + "  ".repeat(depth);
  }

  byte[] at(int depth) {
    byte[][] all = known;
    return depth < all.length ? all[depth] : deeper(all, depth);
  }

  /** Threads that come here at once make the same. */
  private byte[] deeper(byte[][] shallower, int depth) {
    byte[][] all = Arrays.copyOf(shallower, depth + 1);
    for (int each = shallower.length; each <= depth; each++) {
      all[each] = WireName.bytes(text.apply(each));
    }
    known = all;
    return all[depth];
  }
}
