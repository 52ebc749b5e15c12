package io.overt.codec;

/** Bounds on what is read; the size of the whole body is bounded by the door. */
final class Limits {
  /** Elements or objects and arrays inside each other. */
  static final int DEPTH = 64;

  /** Characters in one text. */
  static final int TEXT = 4 * 1024 * 1024;

  /** Characters in one name. */
  static final int NAME = 1_000;

  /** Characters in one number. */
  static final int NUMBER = 200;

  private Limits() {}
}
