package io.overt.codec;

/**
 * A {@code link} of a document.
 *
 * @param href absolute path without host
 * @param rel link relation: the URL segment it leads to
 */
public record Link(String href, String rel) {}
