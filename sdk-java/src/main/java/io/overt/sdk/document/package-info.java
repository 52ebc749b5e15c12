/**
 * Documents of the API: objects whose members the model's tables know.
 *
 * <p>Starting point: {@link io.overt.sdk.document.Node}.
 */
@NullMarked
package io.overt.sdk.document;

import org.jspecify.annotations.NullMarked;
