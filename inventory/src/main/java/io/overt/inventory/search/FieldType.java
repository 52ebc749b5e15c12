package io.overt.inventory.search;

/** What a field holds, and so which values it can be compared with and how. */
enum FieldType {
  /** Text, compared with {@code *} as wildcard. */
  TEXT,
  /** A long text of which the value is a part. */
  EXCERPT,
  NUMBER,
  FLAG,
  /** A point in time. */
  TIME,
  /** Seconds. */
  DURATION,
  ID,
  /** A value of a closed set. */
  CHOICE,
  /** Ids of the tags attached; a tag's name stands for the tags below it as well. */
  TAG;

  boolean textual() {
    return this == TEXT || this == EXCERPT || this == TAG;
  }

  boolean allows(Operator operator) {
    return switch (this) {
      case TEXT, EXCERPT, FLAG, ID, CHOICE, TAG -> operator.equality();
      case NUMBER, TIME, DURATION -> true;
    };
  }
}
