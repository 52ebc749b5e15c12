package io.overt.sdk.document;

import io.overt.sdk.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Documents that are not of the model's types, or whose type only they know. */
public final class Documents {
  private Documents() {}

  /** The texts of a JSON object; none if it is something else. */
  public static Map<String, String> texts(byte[] json) {
    Map<String, String> texts = new HashMap<>();
    try {
      JsonInput input = new JsonInput(new String(json, StandardCharsets.UTF_8));
      if (input.value() instanceof Map<?, ?> object) {
        object.forEach(
            (name, value) -> {
              if (value instanceof String text) {
                texts.put(String.valueOf(name), text);
              }
            });
      }
    } catch (MalformedDocument e) {
      // A page for people, most likely.
      return Map.of();
    }
    return texts;
  }

  /** The refusal in a document: alone, or within the action that failed. */
  public static Optional<Node> fault(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    if (!text.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try {
      Node action = Node.read(Schema.current().type("action"), text);
      if (action.has("fault")) {
        return action.node("fault");
      }
      return Optional.of(Node.read(Schema.current().type("fault"), text))
          .filter(fault -> fault.has("reason") || fault.has("detail"));
    } catch (MalformedDocument e) {
      return Optional.empty();
    }
  }
}
