package io.overt.codec;

/**
 * Where links of one kind lead, relative to the object that has them; encoded once, since most of a
 * document consists of links.
 */
public final class LinkRelation {
  private final String rel;
  private final String suffix;

  /** In a list at a depth, what follows the object's own path: suffix, relation, the link's end. */
  final Indented json;

  /** What follows the object's own path: suffix, relation, the element's end. */
  final byte[] xml;

  /**
   * A relation.
   *
   * @param rel its name: the URL segment it leads to
   * @param suffix what follows the object's own path
   */
  public LinkRelation(String rel, String suffix) {
    this.rel = rel;
    this.suffix = suffix;
    String jsonSuffix = Output.jsonOf(suffix);
    String jsonRel = Output.jsonOf(rel);
    this.json =
        new Indented(
            depth ->
                jsonSuffix
                    + "\","
                    + Indented.line(depth + 1)
                    + "\"rel\" : \""
                    + jsonRel
                    + "\""
                    + Indented.line(depth)
                    + "}");
    this.xml = WireName.bytes(Output.xmlOf(suffix) + "\" rel=\"" + Output.xmlOf(rel) + "\"/>");
  }

  public String rel() {
    return rel;
  }

  public String suffix() {
    return suffix;
  }
}
