/**
 * What documents say about objects beyond their content: addresses, links and actions.
 *
 * <p>Starting points: {@link io.overt.rest.document.Decoration}, {@link
 * io.overt.rest.document.Relations}.
 */
@NullMarked
package io.overt.rest.document;

import org.jspecify.annotations.NullMarked;
