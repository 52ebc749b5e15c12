package io.overt.sdk.schema;

/** What a value is. */
public enum Kind {
  TEXT("text"),
  FLAG("true or false"),
  INTEGER("a whole number"),
  DECIMAL("a number"),
  DATE("a date such as 2026-11-22T23:00:00.000Z"),
  ENUM("one of an enum's values"),
  STRUCT("an object");

  private final String description;

  Kind(String description) {
    this.description = description;
  }

  /** Such as "a whole number", for messages. */
  public String description() {
    return description;
  }

  /** From the letters of the tables, of which a leading L says that it is a list. */
  static Kind of(String letters) {
    char letter = letters.charAt(letters.length() - 1);
    return switch (letter) {
      case 'S' -> TEXT;
      case 'B' -> FLAG;
      case 'I' -> INTEGER;
      case 'D' -> DECIMAL;
      case 'T' -> DATE;
      case 'E' -> ENUM;
      case 'O' -> STRUCT;
      default -> throw new IllegalArgumentException("no kind " + letters);
    };
  }
}
