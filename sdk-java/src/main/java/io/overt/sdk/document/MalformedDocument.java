package io.overt.sdk.document;

/** A text that is no JSON, or not the document that it should be. */
public final class MalformedDocument extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedDocument(String message) {
    super(message);
  }
}
