package io.overt.shell.objects;

import io.overt.sdk.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects of the engine as the trees that are printed. */
public final class Documents {
  private Documents() {}

  /**
   * A tree whose first members are id, name and description.
   *
   * @param byDisk whether an attachment is to look like the disk that it attaches
   */
  public static Map<String, Object> tree(Node node, boolean byDisk) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (byDisk && node.values().get("disk") instanceof Node disk) {
      tree.putAll(tree(disk, false));
      for (Map.Entry<String, @Nullable Object> entry : node.values().entrySet()) {
        if (entry.getValue() != null && !entry.getKey().equals("disk")) {
          tree.putIfAbsent(entry.getKey(), value(entry.getValue()));
        }
      }
      return tree;
    }
    for (String first : List.of("id", "name", "description")) {
      Object value = node.values().get(first);
      if (value != null) {
        tree.put(first, value(value));
      }
    }
    for (Map.Entry<String, @Nullable Object> entry : node.values().entrySet()) {
      if (entry.getValue() != null) {
        tree.putIfAbsent(entry.getKey(), value(entry.getValue()));
      }
    }
    return tree;
  }

  private static Object value(Object value) {
    return switch (value) {
      case Node node -> tree(node, false);
      case List<?> list -> {
        List<Object> items = new ArrayList<>();
        for (Object item : list) {
          if (item != null) {
            items.add(value(item));
          }
        }
        yield items;
      }
      case Boolean _, Number _, String _ -> value;
      default -> value.toString();
    };
  }
}
