package io.overt.access.rules;

import io.overt.access.permissions.Permit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The rules of all operations, read from the class path. */
public final class OperationRules {

  /**
   * One thing that an operation asks for.
   *
   * @param object where the permit is needed: the first alternative that the call names
   */
  record Requirement(Permit permit, List<Place> object) {}

  private final Map<String, List<Requirement>> requirements = new HashMap<>();
  private final Set<String> closedReads = new HashSet<>();

  private OperationRules() {}

  /** Reads {@code operation-rules.csv}. */
  public static OperationRules read() {
    OperationRules rules = new OperationRules();
    try (InputStream input =
            Objects.requireNonNull(
                OperationRules.class.getResourceAsStream("operation-rules.csv"),
                "operation-rules.csv is missing from the class path");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          rules.add(line.split(","));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rules;
  }

  private void add(String[] fields) {
    if (fields[1].equals("-")) {
      closedReads.add(fields[0]);
      return;
    }
    Permit permit = Permit.find(null, fields[1]);
    if (permit == null) {
      throw new IllegalStateException(
          "operation-rules.csv: " + fields[0] + " asks for an unknown permit " + fields[1]);
    }
    List<Place> places = new ArrayList<>();
    for (String place : fields[2].split("\\|")) {
      places.add(Place.parse(place));
    }
    requirements
        .computeIfAbsent(fields[0], key -> new ArrayList<>())
        .add(new Requirement(permit, List.copyOf(places)));
  }

  /** What the operation asks for; empty when only a SuperUser may call it. */
  List<Requirement> of(String operation) {
    return requirements.getOrDefault(operation, List.of());
  }

  /** Whether a read is for administrators only. */
  boolean closed(String operation) {
    return closedReads.contains(operation);
  }

  /** The keys of all writes that have a rule. */
  public Set<String> operations() {
    return Collections.unmodifiableSet(requirements.keySet());
  }

  /** The keys of all reads that are closed to users. */
  public Set<String> closedReads() {
    return Collections.unmodifiableSet(closedReads);
  }
}
