package io.overt.codec;

import org.jspecify.annotations.Nullable;

/**
 * Counts in a collection document, written when the client asked for {@code detail=size}.
 *
 * @param size entries in this document, or null to leave it out
 * @param total entries there are, or null to leave it out
 */
public record CollectionSize(@Nullable Long size, @Nullable Long total) {
  /** No counts. */
  public static final CollectionSize NONE = new CollectionSize(null, null);
}
