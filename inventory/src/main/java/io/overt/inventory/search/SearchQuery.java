package io.overt.inventory.search;

import org.jspecify.annotations.Nullable;

/**
 * A parsed search text, not yet bound to an object's fields.
 *
 * @param filter what is looked for; null finds everything
 * @param sort the order asked for; null leaves the object's default order
 * @param page which page of the result, from 1; null for all of it
 */
public record SearchQuery(
    @Nullable Expression filter, @Nullable Sort sort, @Nullable Integer page) {
  /** Finds everything in the default order. */
  public static final SearchQuery ALL = new SearchQuery(null, null, null);

  /** An order by one field; the object's default order decides between equals. */
  public record Sort(String field, boolean descending, int position) {}

  /**
   * Parses the part of a search that follows the object's name.
   *
   * <pre>
   * query := [cond {[AND|OR] cond}] [SORTBY field [ASC|DESC]] [PAGE n]
   * cond  := field rel value | reference "." field rel value | reference rel value | value
   * </pre>
   *
   * An explicit AND binds tighter than OR, an implicit one (conditions side by side) weaker.
   *
   * @throws InvalidSearch when the text does not follow the grammar (oVirt 4.5 search language)
   */
  public static SearchQuery parse(String text) {
    return new SearchParser(text).parse();
  }
}
