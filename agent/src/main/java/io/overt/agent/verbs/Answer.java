package io.overt.agent.verbs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Builds an object of an answer, in order. */
final class Answer {

  private final Map<String, Object> values = new LinkedHashMap<>();

  static Answer object() {
    return new Answer();
  }

  Answer put(String key, Object value) {
    values.put(key, value);
    return this;
  }

  /** VDSM sends most numbers as text. */
  Answer text(String key, Object value) {
    values.put(key, String.valueOf(value));
    return this;
  }

  Answer putIfPresent(String key, Optional<?> value) {
    value.ifPresent(present -> values.put(key, present));
    return this;
  }

  Answer putAll(Map<String, Object> more) {
    values.putAll(more);
    return this;
  }

  Map<String, Object> build() {
    return values;
  }
}
