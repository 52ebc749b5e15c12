package io.overt.codec;

import java.nio.charset.StandardCharsets;

/** A name of the wire, encoded once in every form that the writers need. */
final class WireName {
  final String text;

  /** {@code <tag}. */
  final byte[] xmlOpen;

  /** {@code <tag>}. */
  final byte[] xmlStart;

  /** {@code </tag>}. */
  final byte[] xmlEnd;

  /** {@code tag="}. */
  final byte[] xmlAttribute;

  /** A comma, a line's begin and {@code "tag" : }. */
  final Indented json;

  /** {@code ,"tag":}. */
  final byte[] jsonCompact;

  WireName(String text) {
    this.text = text;
    this.xmlOpen = bytes("<" + text);
    this.xmlStart = bytes("<" + text + ">");
    this.xmlEnd = bytes("</" + text + ">");
    this.xmlAttribute = bytes(" " + text + "=\"");
    this.json = new Indented(depth -> "," + Indented.line(depth) + "\"" + text + "\" : ");
    this.jsonCompact = bytes(",\"" + text + "\":");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return text;
  }
}
