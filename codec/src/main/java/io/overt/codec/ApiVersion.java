package io.overt.codec;

/** Versions of the API's documents. */
public enum ApiVersion {
  /** Up to oVirt engine 4.2, beside version 4. */
  V3,
  /** The model's own. */
  V4
}
