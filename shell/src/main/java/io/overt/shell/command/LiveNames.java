package io.overt.shell.command;

import io.overt.sdk.document.Node;
import io.overt.shell.ShellFailure;
import io.overt.shell.objects.Documents;
import io.overt.shell.objects.Place;
import io.overt.shell.output.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Names of what exists, remembered for some seconds; the engine's search keeps answers small. */
final class LiveNames {
  private static final Duration FRESH = Duration.ofSeconds(10);
  private static final String MOST = "200";

  private record Known(long time, List<String> names) {
    boolean isFresh() {
      return System.nanoTime() - time < FRESH.toNanos();
    }
  }

  private final Session session;
  private final Map<String, Known> known = new HashMap<>();

  LiveNames(Session session) {
    this.session = session;
  }

  /** Names of objects in a collection that begin with a text. */
  List<Candidate> of(Place place, String prefix) {
    List<Candidate> found = new ArrayList<>();
    for (String name : names(place, prefix)) {
      found.add(new Candidate(name, "names", true));
    }
    return found;
  }

  private List<String> names(Place place, String prefix) {
    Known all = known.get(place.path() + " ");
    Known some = known.get(place.path() + " " + prefix);
    if (all != null && all.isFresh() && all.names().size() < Integer.parseInt(MOST)) {
      return all.names();
    }
    if (some != null && some.isFresh()) {
      return some.names();
    }
    List<String> names;
    try {
      names = read(place, prefix);
    } catch (ShellFailure e) {
      // Nothing is known: a tab is no place to complain.
      names = List.of();
    }
    known.put(place.path() + " " + prefix, new Known(System.nanoTime(), names));
    return names;
  }

  private List<String> read(Place place, String prefix) {
    Map<String, String> query = new LinkedHashMap<>();
    boolean searchable =
        place.service().operation("list").flatMap(list -> list.parameter("search")).isPresent();
    if (searchable && place.type().find("name").isPresent() && isPlain(prefix)) {
      String key = place.type().name().equals("disk") ? "alias" : "name";
      query.put("search", prefix.isEmpty() ? "" : key + "=" + prefix + "*");
      query.put("max", MOST);
    }
    query.values().removeIf(String::isEmpty);
    if (place.byDisk()) {
      query.put("follow", "disk");
    }
    TreeSet<String> names = new TreeSet<>();
    for (Node node : session.engine().list(place.path(), place.type(), query)) {
      names.add(Trees.nameOf(Documents.tree(node, place.byDisk())));
    }
    return List.copyOf(names);
  }

  private static boolean isPlain(String prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      char each = prefix.charAt(i);
      if (!Character.isLetterOrDigit(each) && each != '-' && each != '_' && each != '.') {
        return false;
      }
    }
    return true;
  }
}
