package io.overt.rest.follow;

import io.overt.model.ApiFault;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dotted paths of a {@code follow} parameter as a tree.
 *
 * @param children by the name as it was written
 */
public record FollowTree(Map<String, FollowTree> children) {
  private static final int DEEPEST = 8;
  private static final int MOST = 100;

  /**
   * The tree; empty when there is nothing to follow.
   *
   * @throws ApiFault when it is deeper than 8 or names more than 100 paths
   */
  public static FollowTree parse(@Nullable String parameter) {
    FollowTree root = new FollowTree(new LinkedHashMap<>());
    if (parameter == null) {
      return root;
    }
    String[] paths = parameter.split(",");
    if (paths.length > MOST) {
      throw ApiFault.invalidValue("follow names " + paths.length + " paths, at most " + MOST);
    }
    for (String path : paths) {
      FollowTree node = root;
      int depth = 0;
      for (String name : path.split("\\.")) {
        if (name.isBlank()) {
          continue;
        }
        if (++depth > DEEPEST) {
          throw ApiFault.invalidValue("follow goes deeper than " + DEEPEST + ": " + path);
        }
        node =
            node.children.computeIfAbsent(
                name.strip(), key -> new FollowTree(new LinkedHashMap<>()));
      }
    }
    return root;
  }

  public boolean isEmpty() {
    return children.isEmpty();
  }

  /** How names are compared: without underscores and case. */
  static String key(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
