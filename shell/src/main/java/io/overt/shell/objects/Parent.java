package io.overt.shell.objects;

/**
 * An object in which another is: {@code --parent-vm-name web01}.
 *
 * @param type as the user wrote it
 * @param key the object's name or id
 * @param byName whether it is a name for sure, even if it looks like an id
 */
public record Parent(String type, String key, boolean byName) {
  private static final String PREFIX = "parent-";

  /** The parent that an option names, or null if it is another option. */
  public static @org.jspecify.annotations.Nullable Parent of(String option, String value) {
    boolean byName = option.endsWith("-name");
    boolean byId = option.endsWith("-identifier") || option.endsWith("-id");
    if (option.startsWith(PREFIX) && (byName || byId)) {
      return new Parent(option.substring(PREFIX.length(), option.lastIndexOf('-')), value, byName);
    }
    // Before 3.6 there was no prefix.
    return option.endsWith("-identifier")
        ? new Parent(option.substring(0, option.lastIndexOf('-')), value, false)
        : null;
  }
}
