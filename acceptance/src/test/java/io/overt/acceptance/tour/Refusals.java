package io.overt.acceptance.tour;

import io.overt.acceptance.tour.Client.Answer;
import io.overt.acceptance.tour.Places.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Sends to every operation what it must refuse. */
final class Refusals {
  /** Where engine 4.5 calls an unknown id a bad request. */
  private static final Set<String> BAD = Set.of("affinity_group", "event");

  private final Client client;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> content = new TreeSet<>();

  Refusals(Client client) {
    this.client = client;
  }

  Refusals of(List<Place> places) {
    for (Place place : places) {
      if (place.operation().body() != null) {
        unknownMember(place);
      }
      switch (place.operation().name()) {
        case "add" -> emptyBody(place);
        case "get" -> unknownId(place);
        default -> {}
      }
    }
    return this;
  }

  private void unknownMember(Place place) {
    String verb = place.operation().verb();
    Answer answer = client.send(verb, place.path(), "{no_such_member: 1}");
    if (answer.status() != 400
        || !answer.text().contains("no_such_member")
        || !answer.text().contains("Request syntactically incorrect")) {
      problems.add("unknown member, %s: %d %s".formatted(place, answer.status(), answer.text()));
    }
  }

  private void emptyBody(Place place) {
    Answer answer = client.post(place.path(), "{}");
    if (answer.succeeded()) {
      content.add(place.operation().key());
    } else if (answer.status() != expected(place) || !answer.text().contains("\"detail\"")) {
      problems.add("empty body, %s: %d %s".formatted(place, answer.status(), answer.text()));
    }
  }

  /** A limit without an object is the one for all, and there is one already. */
  private static int expected(Place place) {
    return place.operation().service().startsWith("quota_") ? 409 : 400;
  }

  private void unknownId(Place place) {
    if (place.path().isEmpty() || !place.operation().verb().equals("GET")) {
      return;
    }
    String collection = place.path().substring(0, place.path().lastIndexOf('/'));
    for (String id : List.of(Places.UNKNOWN, "nonsense", "%20", "-1")) {
      Answer answer = client.get(collection + "/" + id);
      boolean recorded = answer.status() == 400 && BAD.contains(place.operation().service());
      if (answer.status() != 404 && !recorded) {
        problems.add(
            "unknown id %s, %s: %d %s".formatted(id, place, answer.status(), answer.text()));
      }
    }
  }

  List<String> problems() {
    return problems;
  }

  /** What is added even with an empty body. */
  Set<String> content() {
    return content;
  }
}
