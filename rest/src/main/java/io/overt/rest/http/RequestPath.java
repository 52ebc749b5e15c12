package io.overt.rest.http;

import java.util.ArrayList;
import java.util.List;

/**
 * A request's path as decoded segments, with the matrix parameters of the last one (RFC 3986,
 * section 3.3).
 *
 * <p>Literal dot segments are resolved first; encoded dots and slashes stay what they are: part of
 * a segment that names nothing. An empty segment at the end (a trailing slash) is dropped.
 *
 * @param matrix {@code ;name=value} pairs of the last segment
 */
public record RequestPath(List<String> segments, ParameterMap matrix, String raw) {

  /**
   * @throws HttpProblem 400 when the percent encoding is broken
   */
  public static RequestPath parse(String raw) {
    List<String> parts = new ArrayList<>();
    String[] pieces = raw.split("/", -1);
    for (int index = 1; index < pieces.length; index++) {
      String piece = pieces[index];
      boolean last = index == pieces.length - 1;
      if (piece.equals("..")) {
        if (!parts.isEmpty()) {
          parts.removeLast();
        }
      } else if (!piece.equals(".") && !(last && piece.isEmpty())) {
        parts.add(piece);
      }
    }
    List<String> segments = new ArrayList<>(parts.size());
    String matrix = "";
    for (int index = 0; index < parts.size(); index++) {
      String part = parts.get(index);
      int semicolon = part.indexOf(';');
      if (semicolon >= 0) {
        if (index == parts.size() - 1) {
          matrix = part.substring(semicolon + 1);
        }
        part = part.substring(0, semicolon);
      }
      segments.add(Percent.decode(part, false));
    }
    // "/api/;max=1": the parameters of the dropped empty segment belong to the path before it
    if (segments.size() > 1 && segments.getLast().isEmpty() && !matrix.isEmpty()) {
      segments.removeLast();
    }
    return new RequestPath(List.copyOf(segments), ParameterMap.parse(matrix, ';'), raw);
  }

  /** True when the path starts with these segments. */
  public boolean startsWith(List<String> prefix) {
    return segments.size() >= prefix.size() && segments.subList(0, prefix.size()).equals(prefix);
  }

  /** True when a segment holds what no name or id may hold: a slash, a control character. */
  public boolean suspicious() {
    for (String segment : segments) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return true;
      }
      for (int index = 0; index < segment.length(); index++) {
        char character = segment.charAt(index);
        if (character == '/' || character == '\\' || character < ' ' || character == 0x7f) {
          return true;
        }
      }
    }
    return false;
  }
}
