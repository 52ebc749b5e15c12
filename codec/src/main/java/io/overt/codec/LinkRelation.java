package io.overt.codec;

/**
 * Where links of one kind lead, relative to the object that has them; encoded once, since most of a
 * document consists of links.
 */
public final class LinkRelation {
  private final String rel;
  private final String suffix;

  /** The suffix with the quotation mark that ends the address. */
  final byte[] jsonSuffix;

  /** The relation between quotation marks. */
  final byte[] jsonRel;

  /**
   * A relation.
   *
   * @param rel its name: the URL segment it leads to
   * @param suffix what follows the object's own path
   */
  public LinkRelation(String rel, String suffix) {
    this.rel = rel;
    this.suffix = suffix;
    this.jsonSuffix = WireName.bytes(Output.jsonOf(suffix).substring(1));
    this.jsonRel = WireName.bytes(Output.jsonOf(rel));
  }

  public String rel() {
    return rel;
  }

  public String suffix() {
    return suffix;
  }
}
