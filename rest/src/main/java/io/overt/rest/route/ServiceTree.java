package io.overt.rest.route;

import io.overt.model.LocatorType;
import io.overt.model.OperationType;
import io.overt.model.Schema;
import io.overt.model.ServiceType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The services of one version of the API, and how one leads to another. */
public final class ServiceTree {
  private static final ServiceTree MODEL = new ServiceTree();

  private final Map<String, ServiceType> services = new LinkedHashMap<>();

  /** By service and segment, what the model calls a segment that this version calls otherwise. */
  private final Map<String, String> modelSegments = new LinkedHashMap<>();

  private ServiceTree() {
    Schema.current().services().forEach(service -> services.put(service.name(), service));
  }

  /** The services as the model has them. */
  public static ServiceTree model() {
    return MODEL;
  }

  /**
   * The services of another version.
   *
   * @param resource beside this class, whose head says how it is read
   */
  public static ServiceTree read(String resource) {
    try (InputStream input = ServiceTree.class.getResourceAsStream(resource)) {
      if (input == null) {
        throw new IllegalStateException(resource + " is missing from the class path");
      }
      ServiceTree tree = new ServiceTree();
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
      for (String line : reader.readAllLines()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          List<String> words = List.of(line.strip().split("\\s+"));
          tree.edit(words.getFirst(), words.subList(1, words.size()));
        }
      }
      return tree;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void edit(String name, List<String> edits) {
    ServiceType known = services.get(name);
    List<OperationType> operations =
        new ArrayList<>(known == null ? List.of() : known.operations());
    List<LocatorType> locators = new ArrayList<>(known == null ? List.of() : known.locators());
    for (String edit : edits) {
      int colon = edit.indexOf(':');
      int becomes = edit.indexOf('>');
      if (colon > 0) {
        locators.add(new LocatorType(edit.substring(0, colon), edit.substring(colon + 1)));
      } else if (becomes > 0) {
        rename(name, edit.substring(0, becomes), edit.substring(becomes + 1), operations, locators);
      } else if (edit.startsWith("-")) {
        operations.removeIf(operation -> operation.name().equals(edit.substring(1)));
      } else {
        operations.add(new OperationType(name, edit, null, List.of(), List.of()));
      }
    }
    services.put(name, new ServiceType(name, List.copyOf(operations), List.copyOf(locators)));
  }

  private void rename(
      String service,
      String segment,
      String name,
      List<OperationType> operations,
      List<LocatorType> locators) {
    boolean found = false;
    for (int index = 0; index < operations.size(); index++) {
      OperationType operation = operations.get(index);
      if (segment.equals(operation.segment())) {
        found = true;
        operations.set(
            index,
            new OperationType(
                operation.service(),
                operation.name(),
                name,
                operation.parameters(),
                operation.requirements()));
      }
    }
    for (int index = 0; index < locators.size(); index++) {
      LocatorType locator = locators.get(index);
      if (segment.equals(locator.segment())) {
        found = true;
        locators.set(index, new LocatorType(name, locator.service()));
        modelSegments.put(service + "/" + name, segment);
      }
    }
    if (!found) {
      throw new IllegalStateException("the service " + service + " has no " + segment);
    }
  }

  /** The service at the root of the API. */
  public ServiceType root() {
    return service("system");
  }

  public Collection<ServiceType> services() {
    return Collections.unmodifiableCollection(services.values());
  }

  public ServiceType service(String name) {
    ServiceType service = services.get(name);
    if (service == null) {
      throw new IllegalArgumentException("there is no service " + name);
    }
    return service;
  }

  /** The service that a locator leads to. */
  public ServiceType target(LocatorType locator) {
    return service(locator.service());
  }

  /** What the model calls a segment below a service. */
  String modelSegment(ServiceType service, String segment) {
    return modelSegments.isEmpty()
        ? segment
        : modelSegments.getOrDefault(service.name() + "/" + segment, segment);
  }

  /** The service of a collection's entries, or null when the service is no collection. */
  public @Nullable ServiceType entryService(ServiceType collection) {
    for (LocatorType locator : collection.locators()) {
      if (locator.variable()) {
        return target(locator);
      }
    }
    return null;
  }
}
