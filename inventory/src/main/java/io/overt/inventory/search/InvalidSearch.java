package io.overt.inventory.search;

/**
 * A search text that means nothing.
 *
 * <p>The oVirt API does not treat this as a client's error: it logs it and answers 200 with an
 * empty collection, unless the search is {@link #refused()}, which is a 400.
 */
public final class InvalidSearch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int position;
  private final String reason;
  private final boolean refused;

  private InvalidSearch(int position, String reason, boolean refused) {
    super("invalid search at character " + (position + 1) + ": " + reason);
    this.position = position;
    this.reason = reason;
    this.refused = refused;
  }

  static InvalidSearch at(int position, String reason) {
    return new InvalidSearch(position, reason, false);
  }

  static InvalidSearch refusedAt(int position, String reason) {
    return new InvalidSearch(position, reason, true);
  }

  /** Index of the offending character in the text, from 0; the text's length at its end. */
  public int position() {
    return position;
  }

  /** What is wrong there and what was expected. */
  public String reason() {
    return reason;
  }

  /** True when the client must be told (400) instead of getting an empty collection. */
  public boolean refused() {
    return refused;
  }
}
