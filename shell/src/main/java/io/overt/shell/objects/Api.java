package io.overt.shell.objects;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.StructType;
import java.util.List;
import java.util.Map;

/** Port to the engine, for what finding objects needs. */
public interface Api {
  /** The objects at a path. */
  List<Node> list(String path, StructType type, Map<String, String> query);

  /**
   * The object at a path.
   *
   * @throws io.overt.shell.ShellFailure with the status NOT_FOUND when there is none
   */
  Node get(String path, StructType type, Map<String, String> query);
}
