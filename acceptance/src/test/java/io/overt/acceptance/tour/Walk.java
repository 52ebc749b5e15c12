package io.overt.acceptance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.overt.acceptance.tour.Client.Answer;
import io.overt.model.OperationType;
import io.overt.rest.route.RouteTable;
import io.overt.rest.route.Step;
import io.overt.rest.route.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows links from the root as far as they lead: each link is answered, each entry of a list has
 * an address where the same is found. Of things of one kind a few are visited.
 */
final class Walk {
  private static final int PER_TEMPLATE = 4;

  private final Client client;
  private final Set<String> implemented;
  private final Deque<String> open = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Integer> visits = new HashMap<>();
  private final Map<String, List<String>> places = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  Walk(Client client, Set<String> implemented) {
    this.client = client;
    this.implemented = implemented;
  }

  /** Visits everything, beginning with what is given, so that this is not left out. */
  Walk from(List<Thing> first) {
    first.forEach(thing -> follow(thing.path(), true));
    follow("", true);
    while (!open.isEmpty()) {
      visit(open.removeFirst());
    }
    return this;
  }

  /** What did not answer as it should. */
  List<String> problems() {
    return problems;
  }

  /** Where each kind of address was found: paths by the operation that reads them. */
  Map<String, List<String>> places() {
    return places;
  }

  private void follow(String path, boolean always) {
    if (seen.contains(path)) {
      return;
    }
    Target target =
        path.isEmpty() ? RouteTable.model().find(List.of()) : RouteTable.model().find(path);
    OperationType operation = target == null ? null : target.operation("GET");
    if (target == null) {
      problems.add(path + ": the model knows no such address");
      seen.add(path);
      return;
    }
    if (operation == null) {
      // things are sent there and not read: /externalvmimports
      seen.add(path);
      client.get(path).expect(405);
      return;
    }
    if (always || visits.merge(template(target), 1, Integer::sum) <= PER_TEMPLATE) {
      seen.add(path);
      places.computeIfAbsent(operation.key(), _ -> new ArrayList<>()).add(path);
      open.addLast(path);
    }
  }

  static String template(Target target) {
    StringBuilder template = new StringBuilder();
    for (Step step : target.steps()) {
      template.append('/').append(step.id() ? "*" : step.segment());
    }
    return template.toString();
  }

  private void visit(String path) {
    Target target =
        path.isEmpty() ? RouteTable.model().find(List.of()) : RouteTable.model().find(path);
    OperationType operation = target == null ? null : target.operation("GET");
    if (target == null || operation == null) {
      throw new IllegalStateException(path);
    }
    Answer answer = client.get(path);
    if (answer.status() == 404 && isInstanceType(path)) {
      return;
    }
    boolean promised = implemented.contains(operation.key());
    boolean refused = !promised && answer.status() == 400;
    if (answer.status() != (promised ? 200 : 501) && !refused) {
      problems.add("GET %s: %d %s".formatted(path, answer.status(), answer.text()));
      return;
    }
    if (answer.status() != 200) {
      return;
    }
    if (operation.name().equals("list")) {
      for (JsonNode entry : answer.entries()) {
        entry(path, entry);
      }
    } else {
      links(answer.body());
    }
  }

  /** Permissions call instance types templates, as the model has no other word for them there. */
  private boolean isInstanceType(String path) {
    return path.startsWith("/templates/")
        && client.get(path.replace("/templates/", "/instancetypes/")).succeeded();
  }

  private void entry(String collection, JsonNode entry) {
    String href = entry.path("href").asText();
    if (!href.startsWith(Client.BASE)) {
      links(entry);
      return;
    }
    String path = href.substring(Client.BASE.length());
    boolean known = seen.contains(path);
    follow(path, false);
    if (!known && seen.contains(path) && path.startsWith(collection + "/")) {
      same(path, entry);
    }
  }

  /** What is in motion may differ once. */
  private void same(String path, JsonNode entry) {
    Target target = RouteTable.model().find(path);
    OperationType operation = target == null ? null : target.operation("GET");
    if (operation == null || !implemented.contains(operation.key())) {
      return;
    }
    Answer answer = client.get(path);
    if (answer.status() != 200) {
      problems.add("GET %s: %d %s".formatted(path, answer.status(), answer.text()));
    } else if (!still(answer.body()).equals(still(entry))) {
      problems.add("%s: listed as %s, found as %s".formatted(path, entry, answer.body()));
    }
  }

  private static JsonNode still(JsonNode document) {
    JsonNode copy = document.deepCopy();
    if (copy instanceof ObjectNode object) {
      object.remove(List.of("values", "summary", "max_scheduling_memory"));
    }
    return copy;
  }

  private void links(JsonNode document) {
    if (document.isArray()) {
      document.forEach(this::links);
      return;
    }
    document
        .properties()
        .forEach(
            member -> {
              if (member.getKey().equals("href")) {
                link(member.getValue().asText());
              } else if (!member.getKey().equals("actions")) {
                links(member.getValue());
              }
            });
  }

  private void link(String href) {
    if (href.contains("{") || href.contains("?")) {
      return;
    }
    assertThat(href).startsWith(Client.BASE);
    follow(href.substring(Client.BASE.length()), false);
  }
}
