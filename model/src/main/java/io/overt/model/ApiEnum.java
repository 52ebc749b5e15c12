package io.overt.model;

/** A value of an enumerated type of the model. */
public interface ApiEnum {
  /** The value's spelling on the wire: lower case, words joined by underscores. */
  String wire();
}
