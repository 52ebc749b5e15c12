package io.overt.rest.http;

/** The two forms of a document and their exact response types. */
public enum Format {
  XML("application/xml;charset=UTF-8", "xml"),
  JSON("application/json", "json");

  private final String contentType;
  private final String subtype;

  Format(String contentType, String subtype) {
    this.contentType = contentType;
    this.subtype = subtype;
  }

  public String contentType() {
    return contentType;
  }

  String subtype() {
    return subtype;
  }
}
