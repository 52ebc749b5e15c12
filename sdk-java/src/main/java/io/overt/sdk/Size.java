package io.overt.sdk;

/** Sizes in bytes, as the API wants them. */
public final class Size {
  private static final long KIB = 1024;

  private Size() {}

  public static long kib(long count) {
    return Math.multiplyExact(count, KIB);
  }

  public static long mib(long count) {
    return Math.multiplyExact(count, KIB * KIB);
  }

  public static long gib(long count) {
    return Math.multiplyExact(count, KIB * KIB * KIB);
  }

  public static long tib(long count) {
    return Math.multiplyExact(count, KIB * KIB * KIB * KIB);
  }
}
