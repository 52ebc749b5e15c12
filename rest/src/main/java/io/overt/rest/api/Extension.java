package io.overt.rest.api;

import io.overt.model.Call;
import io.overt.rest.events.MessageSource;
import io.overt.rest.http.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Port: something that Overt offers beyond oVirt's API, below {@code /overt/api}. It takes query
 * parameters and answers JSON; it is authenticated as the API is.
 *
 * @param path segments below {@code /overt/api}, those in braces are names: {@code
 *     vms/{vm}/hook-preview}; the last may take all that follow: {@code rows/{collection...}}
 * @param like the operation of the API that whoever calls this must be allowed to do, on a path
 *     with the same names: {@code POST vms/{vm}/start}
 */
public record Extension(String method, String path, String like, Work work) {
  private static final String REST = "...}";

  /** What an extension does for a request. */
  public sealed interface Work permits Handler, Teller {}

  /** Answers JSON. */
  @FunctionalInterface
  public non-sealed interface Handler extends Work {
    /**
     * @throws io.overt.model.ApiFault when it is refused
     */
    JsonObject answer(Request request);
  }

  /** Tells what happens, as it happens. */
  @FunctionalInterface
  public non-sealed interface Teller extends Work {
    /**
     * What this client is told from now on.
     *
     * @throws io.overt.model.ApiFault when it is refused
     */
    MessageSource tell(Request request);
  }

  /** One that answers JSON. */
  public Extension(String method, String path, String like, Handler handler) {
    this(method, path, like, (Work) handler);
  }

  /** A stream of server-sent events, which ends with the client's login. */
  public static Extension stream(String path, String like, Teller teller) {
    return new Extension("GET", path, like, teller);
  }

  /** The work of one that answers JSON. */
  public Handler handler() {
    return (Handler) work;
  }

  /**
   * @param call like that of the operation, without a body
   * @param names what stands in the path for each name
   */
  public record Request(Call call, Map<String, String> names, Map<String, String> query) {

    /** Requests of the same caller to the API. */
    public Inner inner() {
      return call.context(Inner.class);
    }

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
    boolean open = pattern[pattern.length - 1].endsWith(REST);
    if (open ? pattern.length > segments.size() : pattern.length != segments.size()) {
      return null;
    }
    Map<String, String> names = new HashMap<>();
    for (int index = 0; index < pattern.length; index++) {
      String expected = pattern[index];
      String segment = segments.get(index);
      if (expected.endsWith(REST)) {
        names.put(
            expected.substring(1, expected.length() - REST.length()),
            String.join("/", segments.subList(index, segments.size())));
      } else if (expected.startsWith("{")) {
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
        .filter(segment -> !segment.isEmpty())
        .flatMap(segment -> filled(segment, names))
        .toList();
  }

  private static Stream<String> filled(String segment, Map<String, String> names) {
    if (segment.endsWith(REST)) {
      String name = segment.substring(1, segment.length() - REST.length());
      return Arrays.stream(names.getOrDefault(name, "").split("/", -1));
    }
    return Stream.of(
        segment.startsWith("{")
            ? names.getOrDefault(segment.substring(1, segment.length() - 1), "")
            : segment);
  }

  /** The HTTP method of the API's operation. */
  String likeMethod() {
    return like.substring(0, like.indexOf(' '));
  }
}
