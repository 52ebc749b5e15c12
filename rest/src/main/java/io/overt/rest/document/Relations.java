package io.overt.rest.document;

import io.overt.codec.Link;
import io.overt.codec.LinkRelation;
import io.overt.model.LocatorType;
import io.overt.model.OperationType;
import io.overt.model.ServiceType;
import io.overt.rest.route.ServiceTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The relations of each service's entities: links to the collections below it and its actions,
 * whatever the entity's state.
 */
public final class Relations {
  private record Known(List<LinkRelation> links, List<LinkRelation> actions) {}

  private final Map<String, Known> all = new HashMap<>();

  /**
   * Of the services of one version.
   *
   * @param orders resources that tell the order; what a later one says counts
   */
  public Relations(ServiceTree tree, List<String> orders) {
    Map<String, List<String>> order = new HashMap<>();
    orders.forEach(resource -> order.putAll(order(resource)));
    for (ServiceType service : tree.services()) {
      List<String> locators =
          service.locators().stream()
              .filter(locator -> !locator.variable())
              .map(LocatorType::segment)
              .toList();
      List<String> operations =
          service.operations().stream()
              .map(OperationType::segment)
              .filter(Objects::nonNull)
              .toList();
      Known known = new Known(new ArrayList<>(), new ArrayList<>());
      fill(known.links, locators, order.get(service.name() + " links"));
      fill(known.actions, operations, order.get(service.name() + " actions"));
      all.put(service.name(), known);
    }
  }

  private static void fill(
      List<LinkRelation> relations, List<String> model, @Nullable List<String> preferred) {
    List<String> rest = new ArrayList<>(model);
    for (String entry : preferred == null ? List.<String>of() : preferred) {
      boolean searchable = entry.endsWith("*");
      String rel = entry.replaceAll("[*+-]", "");
      boolean known = rest.remove(rel);
      if (entry.startsWith("+")) {
        relations.add(search(rel.substring(0, rel.length() - "/search".length())));
      } else if (known && !entry.startsWith("-")) {
        relations.add(new LinkRelation(rel, "/" + rel));
        if (searchable) {
          relations.add(search(rel));
        }
      }
    }
    rest.forEach(rel -> relations.add(new LinkRelation(rel, "/" + rel)));
  }

  private static LinkRelation search(String rel) {
    String from = rel.equals("events") ? ";from={event_id}" : "";
    return new LinkRelation(rel + "/search", "/" + rel + from + "?search={query}");
  }

  private static Map<String, List<String>> order(String resource) {
    Map<String, List<String>> order = new HashMap<>();
    try (InputStream input = Relations.class.getResourceAsStream(resource)) {
      if (input == null) {
        throw new IllegalStateException(resource + " is missing from the class path");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#") && !line.isBlank()) {
          List<String> words = List.of(line.split(" "));
          order.put(words.get(0) + " " + words.get(1), words.subList(2, words.size()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return order;
  }

  /** Links of an entity of that service under that full path. */
  public List<Link> links(ServiceType service, String href) {
    return linksOf(require(service).links, href);
  }

  /** Actions of an entity of that service under that full path. */
  public List<Link> actions(ServiceType service, String href) {
    return linksOf(require(service).actions, href);
  }

  private Known require(ServiceType service) {
    Known relations = all.get(service.name());
    if (relations == null) {
      throw new IllegalArgumentException("there is no service " + service.name());
    }
    return relations;
  }

  private static List<Link> linksOf(List<LinkRelation> relations, String href) {
    List<Link> links = new ArrayList<>(relations.size());
    for (LinkRelation relation : relations) {
      links.add(new Link(href, relation));
    }
    return links;
  }
}
