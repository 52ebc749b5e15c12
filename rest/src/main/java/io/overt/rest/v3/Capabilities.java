package io.overt.rest.v3;

import io.overt.model.ApiEnum;
import io.overt.model.ApiFault;
import io.overt.model.EnumType;
import io.overt.model.Schema;
import io.overt.model.Struct;
import io.overt.model.types.ClusterLevel;
import io.overt.model.types.CpuType;
import io.overt.model.types.Permit;
import io.overt.rest.api.Inner;
import io.overt.rest.document.Element;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** {@code /capabilities}: what each level of clusters offers, and the values of enumerations. */
final class Capabilities {
  private static final String ENUMERATIONS = "capabilities.txt";

  private final Inner inner;

  Capabilities(Inner inner) {
    this.inner = inner;
  }

  Element all() {
    List<ClusterLevel> levels = levels();
    Element all = new Element("capabilities");
    levels.forEach(level -> all.add(version(level, level.equals(levels.getLast()))));
    return all;
  }

  /**
   * One level.
   *
   * @param id as in the list, or the level itself: {@code 4.7}
   */
  Element one(String id) {
    List<ClusterLevel> levels = levels();
    return levels.stream()
        .filter(level -> id.equals(level.id()) || id.equals(uuid(level)))
        .findFirst()
        .map(level -> version(level, level.equals(levels.getLast())))
        .orElseThrow(ApiFault::notFound);
  }

  private List<ClusterLevel> levels() {
    if (!(inner.get("/clusterlevels") instanceof List<?> found)) {
      throw ApiFault.notFound();
    }
    return found.stream()
        .map(ClusterLevel.class::cast)
        .sorted(
            Comparator.<ClusterLevel>comparingInt(level -> number(level, 0))
                .thenComparingInt(level -> number(level, 1)))
        .toList();
  }

  private static int number(ClusterLevel level, int part) {
    return Integer.parseInt(level.requireId().split("\\.")[part]);
  }

  private static String uuid(ClusterLevel level) {
    return UUID.nameUUIDFromBytes(level.requireId().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private Element version(ClusterLevel level, boolean current) {
    Element version =
        new Element("version")
            .with("id", uuid(level))
            .with("major", number(level, 0))
            .with("minor", number(level, 1))
            .add("current", current);
    Element cpus = new Element("cpus");
    for (CpuType cpu : Objects.requireNonNullElse(level.cpuTypes(), List.<CpuType>of())) {
      ApiEnum architecture = cpu.architecture();
      cpus.add(
          new Element("cpu")
              .with("id", cpu.name())
              .add("level", cpu.level())
              .add("architecture", architecture == null ? null : architecture.wire()));
    }
    version.add(cpus);
    enumerations().forEach(version::add);
    Element permits = new Element("permits");
    for (Permit permit : Objects.requireNonNullElse(level.permits(), List.<Permit>of())) {
      permits.add(
          new Element("permit")
              .with("id", permit.id())
              .add("name", permit.name())
              .add("administrative", permit.administrative()));
    }
    version.add(permits);
    Element policies = new Element("scheduling_policies");
    for (Struct policy : inner.list("/schedulingpolicies")) {
      policies.add("policy", policy.get("name"));
    }
    return version.add(policies);
  }

  /** The values of enumerated types, under the names that the resource gives them. */
  private static List<Element> enumerations() {
    try (InputStream input = Capabilities.class.getResourceAsStream(ENUMERATIONS)) {
      if (input == null) {
        throw new IllegalStateException(ENUMERATIONS + " is missing from the class path");
      }
      return new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> enumeration(List.of(line.strip().split("\\s+"))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Element enumeration(List<String> words) {
    EnumType type = Schema.current().enumType(words.get(2));
    Element element = new Element(words.get(0));
    type.values().forEach(value -> element.add(words.get(1), value));
    return element;
  }
}
