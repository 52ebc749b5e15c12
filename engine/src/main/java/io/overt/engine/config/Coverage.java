package io.overt.engine.config;

import io.overt.model.LocatorType;
import io.overt.model.NeverSucceeds;
import io.overt.model.OperationType;
import io.overt.model.Schema;
import io.overt.model.Service;
import io.overt.model.ServiceType;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which operations of the model an engine implements. An operation counts when some service that
 * can be reached from the root overrides its method with one that can succeed; the generated
 * interfaces answer "not implemented". Reflection is for this count only: no request goes through
 * here.
 */
public final class Coverage {
  /** An id that no object has: services must be made before their object is looked for. */
  private static final String NO_ID = "00000000-0000-4000-8000-0000000000ff";

  private static final String GENERATED = "io.overt.model.services";

  /**
   * A service of the model.
   *
   * @param implemented names of the operations that are implemented
   * @param missing names of those that answer 501
   */
  public record Line(String service, List<String> implemented, List<String> missing) {}

  private record Visit(Service service, ServiceType type) {}

  private final Map<String, Set<String>> implemented = new TreeMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Deque<Visit> open = new ArrayDeque<>();

  private Coverage() {}

  /** Looks at every service below a root, which may belong to an engine that is not started. */
  public static Coverage of(Service root) {
    Coverage coverage = new Coverage();
    coverage.meet(root, Schema.current().root());
    while (!coverage.open.isEmpty()) {
      coverage.visit(coverage.open.removeFirst());
    }
    return coverage;
  }

  /** Every service of the model that has operations, by name. */
  public List<Line> lines() {
    Map<String, Line> lines = new TreeMap<>();
    for (ServiceType type : Schema.current().services()) {
      Set<String> here = implemented.getOrDefault(type.name(), Set.of());
      List<String> done = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      for (OperationType operation : type.operations()) {
        (here.contains(operation.name()) ? done : missing).add(operation.name());
      }
      if (!type.operations().isEmpty()) {
        lines.put(type.name(), new Line(type.name(), done, missing));
      }
    }
    return List.copyOf(lines.values());
  }

  public int implemented() {
    return lines().stream().mapToInt(line -> line.implemented().size()).sum();
  }

  /** Operations of the model. */
  public int total() {
    return lines().stream()
        .mapToInt(line -> line.implemented().size() + line.missing().size())
        .sum();
  }

  private void meet(@Nullable Service service, ServiceType type) {
    // Another instance of the same class below the same kind of place adds nothing.
    if (service != null && seen.add(type.name() + " " + service.getClass().getName())) {
      open.addLast(new Visit(service, type));
    }
  }

  private void visit(Visit visit) {
    Set<String> here = implemented.computeIfAbsent(visit.type().name(), _ -> new TreeSet<>());
    Map<String, Boolean> overridden = overridden(visit.service());
    for (OperationType operation : visit.type().operations()) {
      if (overridden.getOrDefault(flat(operation.name()), false)) {
        here.add(operation.name());
      }
    }
    for (LocatorType locator : visit.type().locators()) {
      String segment = locator.variable() ? NO_ID : locator.segment();
      meet(located(visit.service(), segment), locator.target());
    }
  }

  private static @Nullable Service located(Service service, String segment) {
    try {
      return service.locate(segment);
    } catch (RuntimeException e) {
      // A feature that wants its object first; what lies below cannot be seen from here.
      return null;
    }
  }

  /** Methods that take a request record, by flat name: whether they are a feature's own. */
  private static Map<String, Boolean> overridden(Service service) {
    Map<String, Boolean> methods = new LinkedHashMap<>();
    for (Method method : service.getClass().getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (parameters.length == 1
          && parameters[0].isRecord()
          && parameters[0].getSimpleName().endsWith("Request")
          && parameters[0].getPackageName().equals(GENERATED)) {
        String name = parameters[0].getSimpleName();
        boolean own =
            !method.getDeclaringClass().getPackageName().equals(GENERATED)
                && !method.isAnnotationPresent(NeverSucceeds.class);
        methods.merge(
            flat(name.substring(0, name.length() - "Request".length())), own, Boolean::logicalOr);
      }
    }
    return methods;
  }

  /** {@code commit_net_config} and {@code CommitNetConfig} are one name. */
  private static String flat(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
