package io.overt.shell.command;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.StructType;
import io.overt.shell.objects.Api;
import java.util.List;
import java.util.Map;

/** For questions that the model alone answers. */
enum NoEngine implements Api {
  INSTANCE;

  @Override
  public List<Node> list(String path, StructType type, Map<String, String> query) {
    return List.of();
  }

  @Override
  public Node get(String path, StructType type, Map<String, String> query) {
    return Node.builder(type).build();
  }
}
