package io.overt.acceptance.tour;

import io.overt.acceptance.tour.Client.Answer;
import io.overt.acceptance.tour.Places.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tries everything as a user who may use one machine and nothing else. */
final class Outsider {
  /** Everybody may make machines somewhere, so that it depends on the cluster. */
  private static final Map<String, String> BODIES =
      Map.of("vms.add", "{name: 'mine', cluster: {name: 'Default'}, template: {name: 'Blank'}}");

  private final Client client;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> readable = new TreeSet<>();

  Outsider(Client client) {
    this.client = client;
  }

  /** No write may succeed, nor tell what is wrong with its body before it says no. */
  Outsider tries(List<Place> places) {
    for (Place place : places) {
      String verb = place.operation().verb();
      if (verb.equals("GET")) {
        Answer answer = client.get(place.path());
        if (answer.succeeded()) {
          if (place.operation().name().equals("get")) {
            readable.add(place.operation().key());
          }
        } else if (!Set.of(400, 403, 404).contains(answer.status())) {
          problems.add("%s: %d %s".formatted(place, answer.status(), answer.text()));
        }
        continue;
      }
      String body = BODIES.getOrDefault(place.operation().key(), "{}");
      Answer answer = client.send(verb, place.path(), verb.equals("DELETE") ? null : body);
      if (answer.status() != 403 && answer.status() != 404) {
        problems.add("%s %s: %d %s".formatted(verb, place, answer.status(), answer.text()));
      }
    }
    return this;
  }

  List<String> problems() {
    return problems;
  }

  /** The names in a list. */
  List<String> names(String collection) {
    List<String> names = new ArrayList<>();
    client
        .get(collection)
        .expect(200)
        .entries()
        .forEach(each -> names.add(each.path("name").asText()));
    return names;
  }

  /** Operations that read an object of others. */
  Set<String> readable() {
    return readable;
  }
}
