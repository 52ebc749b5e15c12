package io.overt.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that a request must contain: one of several paths such as {@code
 * cluster.data_center.id}, whose first word names the parameter.
 */
public record Requirement(List<String> alternatives) {

  /**
   * What is wrong with this request, in the words of the fault, or empty when the requirement is
   * met.
   *
   * <p>Source: the model's mandatory members; engine 4.5 answers 400 with the reason "Input
   * validation failed.".
   */
  public Optional<String> unmetBy(Call call) {
    for (String alternative : alternatives) {
      if (isMet(call, alternative)) {
        return Optional.empty();
      }
    }
    if (alternatives.size() == 1) {
      return Optional.of(
          "Parameter '" + alternatives.getFirst() + "' is mandatory but was not provided.");
    }
    String names =
        alternatives.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" or "));
    return Optional.of("Parameters " + names + " are mandatory but both were not provided.");
  }

  private static boolean isMet(Call call, String path) {
    int dot = path.indexOf('.');
    String parameter = dot < 0 ? path : path.substring(0, dot);
    Object value = call.input(parameter, Object.class);
    return dot < 0 ? value != null : isPresent(value, path.substring(dot + 1));
  }

  private static boolean isPresent(@Nullable Object value, String path) {
    if (value instanceof List<?> list) {
      return !list.isEmpty() && list.stream().allMatch(item -> isPresent(item, path));
    }
    if (!(value instanceof Struct struct)) {
      return false;
    }
    int dot = path.indexOf('.');
    if (dot < 0) {
      return struct.get(path) != null;
    }
    return isPresent(struct.get(path.substring(0, dot)), path.substring(dot + 1));
  }
}
