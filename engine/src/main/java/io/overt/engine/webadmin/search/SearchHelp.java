package io.overt.engine.webadmin.search;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Kind;
import io.overt.inventory.Snapshot;
import io.overt.inventory.search.Completions;
import io.overt.inventory.search.Completions.Completion;
import io.overt.inventory.search.InvalidSearch;
import io.overt.inventory.search.SearchObjects;
import io.overt.inventory.search.SearchOptions;
import io.overt.inventory.search.SearchQuery;
import io.overt.model.ApiFault;
import io.overt.rest.api.Extension;
import io.overt.rest.http.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /overt/api/search/complete?text=Vms: sta}: the whole texts that it may become by its
 * next word, and what is wrong with it as it is.
 */
public final class SearchHelp {
  private static final int LONGEST = 4_000;

  private final Platform platform;

  public SearchHelp(Platform platform) {
    this.platform = platform;
  }

  public Extension extension() {
    return new Extension("GET", "search/complete", "GET /", this::complete);
  }

  private JsonObject complete(Extension.Request request) {
    String text = request.parameter("text");
    if (text == null || text.length() > LONGEST) {
      throw ApiFault.invalidValue(
          "text: a search of at most " + LONGEST + " characters is expected");
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      return answer(prefixes(text));
    }
    Optional<Kind<?>> kind = SearchObjects.kindOf(text.substring(0, colon));
    if (kind.isEmpty()) {
      return answer(List.of())
          .put(
              "error",
              error(0, "'" + text.substring(0, colon) + "' is none of what can be searched"));
    }
    int start = colon + 1;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    String query = text.substring(start);
    String before = start == colon + 1 ? text.substring(0, start) + " " : text.substring(0, start);
    JsonObject answer =
        answer(
            Completions.complete(kind.get(), query).stream()
                .map(found -> new Completion(before + found.text(), found.description()))
                .toList());
    InvalidSearch invalid = invalid(kind.get(), query);
    return invalid == null
        ? answer
        : answer.put("error", error(start + invalid.position(), invalid.reason()));
  }

  private static List<Completion> prefixes(String text) {
    String typed = text.strip().toLowerCase(Locale.ROOT);
    return SearchObjects.prefixes().stream()
        .filter(prefix -> prefix.toLowerCase(Locale.ROOT).startsWith(typed))
        .map(prefix -> new Completion(prefix + ": ", "object"))
        .toList();
  }

  /** What a search of nothing would find wrong. */
  private @Nullable InvalidSearch invalid(Kind<?> kind, String query) {
    try {
      platform.search().search(Snapshot.EMPTY, kind, SearchQuery.parse(query), SearchOptions.NONE);
      return null;
    } catch (InvalidSearch e) {
      return e;
    }
  }

  private static JsonObject error(int position, String message) {
    return new JsonObject().put("position", position).put("message", message);
  }

  private static JsonObject answer(List<Completion> completions) {
    return new JsonObject()
        .put(
            "completions",
            completions.stream()
                .map(
                    completion ->
                        new JsonObject()
                            .put("text", completion.text())
                            .put("description", completion.description()))
                .toList());
  }
}
