package io.overt.scheduling;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The units and policies that every installation has, with oVirt's names and ids. */
public final class Catalogue {
  /** In the order in which clients see their properties. */
  private static final List<Defaults> DEFAULTS =
      List.of(
          new Defaults(
              "5a2b0939-7d46-4b73-a469-e9c2c7fc6a53",
              "power_saving",
              pairs(
                  "HighUtilization=80 LowUtilization=20 HeSparesCount=0"
                      + " CpuOverCommitDurationMinutes=2")),
          new Defaults(
              "b4ed2332-a7ac-4d5f-9596-99a439cb2812",
              "none",
              pairs("HighUtilization=80 CpuOverCommitDurationMinutes=2")),
          new Defaults(
              "7677771e-5eab-422e-83fa-dc04080d21b7",
              "cluster_maintenance",
              pairs("HighUtilization=80 CpuOverCommitDurationMinutes=2")),
          new Defaults(
              "20d25257-b4bd-4589-92a6-c4c5c5d3fd1a",
              "evenly_distributed",
              pairs(
                  "HighUtilization=80 HeSparesCount=0 CpuOverCommitDurationMinutes=2"
                      + " VCpuToPhysicalCpuRatio=0")),
          new Defaults(
              "8d5d7bec-68de-4a67-b53e-0ac54686d579",
              "vm_evenly_distributed",
              pairs(
                  "HighUtilization=80 HeSparesCount=0 CpuOverCommitDurationMinutes=2"
                      + " HighVmCount=10 SpmVmGrace=5 MigrationThreshold=5")));

  /** The policy of a cluster that names none. */
  public static final String DEFAULT_POLICY = "none";

  private Catalogue() {}

  /**
   * A unit.
   *
   * @param type {@code filter}, {@code weight} or {@code load_balancing}; empty for a selector
   * @param properties names and the regular expressions of their values
   */
  public record Unit(
      String id, String type, String name, String description, Map<String, String> properties) {}

  /**
   * What a policy uses.
   *
   * @param kind {@code filter}, {@code weight} or {@code balance}
   * @param number a filter's position, a weight's factor
   */
  public record Part(String kind, String unitId, int number) {}

  /** A policy that cannot be changed. */
  public record Predefined(
      String id, String name, Map<String, String> properties, List<Part> parts) {
    /** Whether clusters have this policy when they name none. */
    public boolean standard() {
      return name.equals(DEFAULT_POLICY);
    }
  }

  private record Defaults(String id, String name, Map<String, String> properties) {}

  public static List<Unit> units() {
    return rows("units.tsv").stream()
        .map(row -> new Unit(row.get(0), row.get(1), row.get(2), row.get(3), pairs(row.get(4))))
        .toList();
  }

  public static List<Predefined> policies() {
    Map<String, List<Part>> parts = new LinkedHashMap<>();
    for (List<String> row : rows("policies.tsv")) {
      int number = row.get(3).isEmpty() ? 0 : Integer.parseInt(row.get(3));
      parts
          .computeIfAbsent(row.get(0), name -> new ArrayList<>())
          .add(new Part(row.get(1), row.get(2), number));
    }
    return DEFAULTS.stream()
        .map(
            policy ->
                new Predefined(
                    policy.id(),
                    policy.name(),
                    policy.properties(),
                    List.copyOf(Objects.requireNonNull(parts.get(policy.name())))))
        .toList();
  }

  /**
   * A predefined policy, ready to decide.
   *
   * @param properties instead of the policy's own values
   */
  public static Optional<Policy> policy(String name, Map<String, String> properties) {
    Map<String, Unit> units = new LinkedHashMap<>();
    units().forEach(unit -> units.put(unit.type() + unit.id(), unit));
    return policies().stream()
        .filter(policy -> policy.name().equals(name))
        .findFirst()
        .map(policy -> policy(policy, units, properties));
  }

  /** The name of a weight and balancer of 3.4, by the policy that had them. */
  private static final Map<String, List<String>> EARLIER =
      Map.of(
          "None",
          List.of("38440000-8cf0-14bd-c43e-10b96e4ef00b", "38440000-8cf0-14bd-c43e-10b96e4ef00a"),
          "Evenly_Distributed",
          List.of("7db4ab05-81ab-42e8-868a-aee2df483edb", "7db4ab05-81ab-42e8-868a-aee2df483ed2"),
          "Power_Saving",
          List.of("736999d0-1023-46a4-9a75-1316ed50e15b", "736999d0-1023-46a4-9a75-1316ed50e151"),
          "VM_Evenly_Distributed",
          List.of("3ba8c988-f779-42c0-90ce-caa8243edee7", "d58c8e32-44e1-418f-9222-52cd887bf9e0"));

  /** Ids of the weights that all policies of 3.4 had: HA, reservation for it, affinity. */
  private static final List<String> EARLIER_WEIGHTS =
      List.of(
          "98e92667-6161-41fb-b3fa-34f820ccbc4b",
          "7f262d70-6cac-11e3-981f-0800200c9a66",
          "84e6ddee-ab0d-42dd-82f0-c297779db567");

  /** Ids of the filters that all policies of 3.4 had, in their order. */
  private static final List<String> EARLIER_FILTERS =
      List.of(
          "12262ab6-9690-4bc3-a2b3-35573b172d54",
          "6d636bf6-a35c-4f9d-b68d-0731f720cddc",
          "c9ddbb34-0e1d-4061-a8d7-b0893fa80932",
          "438b052c-90ab-40e8-9be0-a22560202ea6",
          "e659c871-0bf1-4ccc-b748-f28f5d08dffd",
          "84e6ddee-ab0d-42dd-82f0-c297779db566",
          "72163d1c-9468-4480-99d9-0888664eb143");

  /** A predefined policy of oVirt 3.4, by its name of then. */
  public static Optional<Policy> earlierPolicy(String name, Map<String, String> properties) {
    return Optional.ofNullable(EARLIER.get(name))
        .map(
            own -> {
              List<Policies.WeightUse> weights = new ArrayList<>();
              weights.add(new Policies.WeightUse(own.getFirst(), name, 1, false));
              EARLIER_WEIGHTS.forEach(id -> weights.add(new Policies.WeightUse(id, id, 1, false)));
              return Policies.make(
                  Profile.OVIRT_3_4,
                  name,
                  EARLIER_FILTERS.stream()
                      .map(id -> new Policies.FilterUse(id, id, 0, false))
                      .toList(),
                  weights,
                  new Policy.Balancing(own.getLast(), name, false),
                  Profile.OVIRT_3_4.selector(),
                  properties);
            });
  }

  private static Policy policy(
      Predefined policy, Map<String, Unit> units, Map<String, String> properties) {
    List<Policies.FilterUse> filters = new ArrayList<>();
    List<Policies.WeightUse> weights = new ArrayList<>();
    Policy.Balancing balancing = Policies.NO_BALANCING;
    for (Part part : policy.parts()) {
      switch (part.kind()) {
        case "filter" ->
            filters.add(
                new Policies.FilterUse(
                    part.unitId(), name(units, "filter", part), part.number(), false));
        case "weight" ->
            weights.add(
                new Policies.WeightUse(
                    part.unitId(), name(units, "weight", part), part.number(), false));
        default ->
            balancing =
                new Policy.Balancing(part.unitId(), name(units, "load_balancing", part), false);
      }
    }
    return Policies.make(policy.name(), filters, weights, balancing, Selector.RANK, properties);
  }

  private static String name(Map<String, Unit> units, String type, Part part) {
    return Objects.requireNonNull(units.get(type + part.unitId())).name();
  }

  /** {@code name=value} pairs, separated by blanks. */
  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (!text.isEmpty()) {
      for (String pair : text.split(" ", -1)) {
        int equals = pair.indexOf('=');
        pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return java.util.Collections.unmodifiableMap(pairs);
  }

  private static List<List<String>> rows(String table) {
    try (InputStream stream = Catalogue.class.getResourceAsStream(table)) {
      String text =
          new String(Objects.requireNonNull(stream, table).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).map(line -> List.of(line.split("\t", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
