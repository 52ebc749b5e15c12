package io.overt.inventory.search;

import io.overt.inventory.Entity;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a request adds to its search text.
 *
 * @param caseSensitive whether texts must match in case; the engine's answers show false as the
 *     value when the request says nothing
 * @param max the most objects to answer, also the length of a page; null for no limit, or pages of
 *     {@link SearchEngine#PAGE_LENGTH}
 * @param from only events with a larger number; ignored for other kinds
 * @param visible what the user may see; tested before objects are counted
 */
public record SearchOptions(
    boolean caseSensitive,
    @Nullable Long max,
    @Nullable Long from,
    Predicate<? super Entity<?>> visible) {
  /** Everything is visible, nothing is limited. */
  public static final SearchOptions NONE = new SearchOptions(false, null, null, entity -> true);

  public SearchOptions withCaseSensitive(boolean value) {
    return new SearchOptions(value, max, from, visible);
  }

  public SearchOptions withMax(@Nullable Long value) {
    return new SearchOptions(caseSensitive, value, from, visible);
  }

  public SearchOptions withFrom(@Nullable Long value) {
    return new SearchOptions(caseSensitive, max, value, visible);
  }

  public SearchOptions withVisible(Predicate<? super Entity<?>> value) {
    return new SearchOptions(caseSensitive, max, from, value);
  }
}
