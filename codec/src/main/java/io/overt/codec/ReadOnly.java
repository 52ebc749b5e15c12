package io.overt.codec;

/**
 * What documents carry beside the members: clients send whole documents back, so it is accepted and
 * ignored.
 */
final class ReadOnly {
  private ReadOnly() {}

  static boolean isReadOnly(String name) {
    return name.equals("link") || name.equals("actions") || name.equals("creation_status");
  }

  static boolean isReadOnlyOfCollection(String name) {
    return name.equals("size") || name.equals("total") || isReadOnly(name);
  }
}
