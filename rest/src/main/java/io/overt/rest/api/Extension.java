package io.overt.rest.api;

import io.overt.model.Call;
import io.overt.rest.http.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Port: something that Overt offers beyond oVirt's API, below {@code /overt/api}. It takes query
 * parameters and answers JSON; it is authenticated as the API is.
 *
 * @param path segments below {@code /overt/api}, those in braces are names: {@code
 *     vms/{vm}/hook-preview}
 * @param like the operation of the API that whoever calls this must be allowed to do, on a path
 *     with the same names: {@code POST vms/{vm}/start}
 */
public record Extension(String method, String path, String like, Handler handler) {

  /** Does the work. */
  @FunctionalInterface
  public interface Handler {
    /**
     * @throws io.overt.model.ApiFault when it is refused
     */
    JsonObject answer(Request request);
  }

  /**
   * @param call like that of the operation, without a body
   * @param names what stands in the path for each name
   */
  public record Request(Call call, Map<String, String> names, Map<String, String> query) {

    /** What stands in the path for a name of it. */
    public String name(String name) {
      String value = names.get(name);
      if (value == null) {
        throw new IllegalArgumentException("the path has no {" + name + "}");
      }
      return value;
    }

    /** A query parameter. */
    public @Nullable String parameter(String name) {
      return query.get(name);
    }
  }

  /** What stands for each name, or null when the segments are not of this path. */
  @Nullable Map<String, String> match(List<String> segments) {
    String[] pattern = path.split("/");
    if (pattern.length != segments.size()) {
      return null;
    }
    Map<String, String> names = new HashMap<>();
    for (int index = 0; index < pattern.length; index++) {
      String expected = pattern[index];
      String segment = segments.get(index);
      if (expected.startsWith("{")) {
        names.put(expected.substring(1, expected.length() - 1), segment);
      } else if (!expected.equals(segment)) {
        return null;
      }
    }
    return names;
  }

  /** The segments of the API's path with the names filled in. */
  List<String> like(Map<String, String> names) {
    return Arrays.stream(like.substring(like.indexOf(' ') + 1).split("/"))
        .map(
            segment ->
                segment.startsWith("{")
                    ? names.getOrDefault(segment.substring(1, segment.length() - 1), "")
                    : segment)
        .toList();
  }

  /** The HTTP method of the API's operation. */
  String likeMethod() {
    return like.substring(0, like.indexOf(' '));
  }
}
