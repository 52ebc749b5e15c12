package io.overt.codec;

/**
 * A {@code link} of a document.
 *
 * @param base absolute path without host; the relation's suffix follows
 */
public record Link(String base, LinkRelation relation) {

  /**
   * A link that is alone of its kind.
   *
   * @param href absolute path without host
   * @param rel link relation: the URL segment it leads to
   */
  public Link(String href, String rel) {
    this(href, new LinkRelation(rel, ""));
  }

  public String href() {
    return base + relation.suffix();
  }

  public String rel() {
    return relation.rel();
  }
}
