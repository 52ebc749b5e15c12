package io.overt.model.generator.sdk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code model.json} as objects. */
record ModelDocument(List<Element> enums, List<Element> types, List<Element> services) {

  /** An object of the document. */
  record Element(Map<String, Object> content) {
    String name() {
      return text("name").orElseThrow();
    }

    Optional<String> text(String key) {
      return Optional.ofNullable((String) content.get(key));
    }

    /** The text, or a dash where there is none. */
    String orDash(String key) {
      return text(key).orElse("-");
    }

    String doc() {
      return text("doc").orElse("");
    }

    boolean flag(String key) {
      return Boolean.TRUE.equals(content.get(key));
    }

    List<Element> list(String key) {
      return values(key).stream()
          .map(
              value -> {
                @SuppressWarnings("unchecked")
                Map<String, Object> object = (Map<String, Object>) value;
                return new Element(object);
              })
          .toList();
    }

    List<String> texts(String key) {
      return values(key).stream().map(String.class::cast).toList();
    }

    private List<?> values(String key) {
      return content.get(key) instanceof List<?> list ? list : List.of();
    }
  }

  static ModelDocument read(Path file) {
    try (JsonParser input = new JsonFactory().createParser(file.toFile())) {
      input.nextToken();
      Element root = new Element(object(input));
      return new ModelDocument(root.list("enums"), root.list("types"), root.list("services"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  Element type(String name) {
    return types.stream().filter(type -> type.name().equals(name)).findFirst().orElseThrow();
  }

  Element service(String name) {
    return services.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /** The members of a type and of what it extends, those of its base first. */
  List<Element> members(Element type) {
    List<Element> members = new ArrayList<>();
    type.text("base").ifPresent(base -> members.addAll(members(type(base))));
    for (Element own : type.list("members")) {
      members.removeIf(inherited -> inherited.name().equals(own.name()));
      members.add(own);
    }
    return members;
  }

  private static Map<String, Object> object(JsonParser input) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    for (String name = input.nextFieldName(); name != null; name = input.nextFieldName()) {
      input.nextToken();
      object.put(name, value(input));
    }
    return object;
  }

  private static Object value(JsonParser input) throws IOException {
    return switch (input.currentToken()) {
      case START_OBJECT -> object(input);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (input.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(input));
        }
        yield list;
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> input.getText();
    };
  }
}
