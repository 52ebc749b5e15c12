/**
 * Saved searches, the same for all users.
 *
 * <p>Starting points: {@link io.overt.engine.bookmarks.Bookmarks}.
 */
@NullMarked
package io.overt.engine.bookmarks;

import org.jspecify.annotations.NullMarked;
