package io.overt.model;

/** What a member or parameter holds, apart from being a list. */
public enum Kind {
  STRING,
  BOOLEAN,
  /** 64-bit integer. */
  INTEGER,
  DECIMAL,
  /** A point in time. */
  DATE,
  ENUM,
  STRUCT;

  static Kind of(char letter) {
    return switch (letter) {
      case 'S' -> STRING;
      case 'B' -> BOOLEAN;
      case 'I' -> INTEGER;
      case 'D' -> DECIMAL;
      case 'T' -> DATE;
      case 'E' -> ENUM;
      case 'O' -> STRUCT;
      default -> throw new IllegalArgumentException("unknown kind " + letter);
    };
  }
}
