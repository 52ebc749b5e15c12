package io.overt.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request and what the answer to it looks like, from a file: the request line, headers and body
 * (after {@code >}); an empty line; the status and the headers; an empty line; the {@link
 * WireShape}, or a text the body contains (after {@code |}), or nothing. Lines that begin with
 * {@code #} are comments.
 *
 * <p>Of the headers that matter to clients, the answer has those that are listed and no others;
 * {@code *} stands for any value. A request that names no {@code Accept} is sent for XML and for
 * JSON, and the type of the answer is the one asked for.
 */
record WireFixture(
    String name,
    String method,
    String path,
    Map<String, String> requestHeaders,
    Optional<String> requestBody,
    int status,
    Map<String, String> headers,
    Optional<WireShape> shape,
    String text) {

  static WireFixture read(Path file) {
    try {
      String name = file.getFileName().toString().replace(".txt", "");
      return parse(name, Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("cannot read " + file, e);
    }
  }

  private static WireFixture parse(String name, List<String> lines) {
    List<List<String>> parts = new ArrayList<>(List.of(new ArrayList<>()));
    for (String line : lines) {
      if (line.isEmpty()) {
        parts.add(new ArrayList<>());
      } else if (!line.startsWith("#")) {
        parts.getLast().add(line);
      }
    }
    List<String> request = parts.getFirst();
    List<String> answer = parts.get(1);
    List<String> body = parts.size() > 2 ? parts.get(2) : List.of();
    boolean text = !body.isEmpty() && body.getFirst().startsWith("| ");
    return new WireFixture(
        name,
        request.getFirst().split(" ", 2)[0],
        request.getFirst().split(" ", 2)[1],
        headers(request),
        request.stream()
            .filter(line -> line.startsWith("> "))
            .map(line -> line.substring(2))
            .findFirst(),
        Integer.parseInt(answer.getFirst()),
        headers(answer),
        text || body.isEmpty() ? Optional.empty() : Optional.of(WireShape.parse(body)),
        text ? body.getFirst().substring(2) : "");
  }

  private static Map<String, String> headers(List<String> lines) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines.subList(1, lines.size())) {
      if (!line.startsWith("> ")) {
        String[] halves = line.split(": ", 2);
        headers.put(halves[0], halves[1]);
      }
    }
    return headers;
  }

  /** The formats to ask in; the key is what a test is called. */
  Map<String, String> formats() {
    Map<String, String> formats = new LinkedHashMap<>();
    if (requestHeaders.containsKey("Accept")) {
      formats.put("as asked for", requestHeaders.get("Accept"));
    } else {
      formats.put("XML", "application/xml");
      formats.put("JSON", "application/json");
    }
    return formats;
  }

  /** The type of the answer to a request for {@code accepted}. */
  Optional<String> contentType(String accepted) {
    return Optional.ofNullable(headers.get("Content-Type"))
        .map(type -> type.equals("the one asked for") ? negotiated(accepted) : type);
  }

  private static String negotiated(String accepted) {
    return accepted.equals("application/xml") ? "application/xml;charset=UTF-8" : accepted;
  }
}
