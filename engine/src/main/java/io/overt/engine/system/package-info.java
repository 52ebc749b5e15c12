/**
 * The root of the API: its document, and the collections that the features registered.
 *
 * <p>Starting points: {@link io.overt.engine.system.ApiRoot}.
 */
@NullMarked
package io.overt.engine.system;

import org.jspecify.annotations.NullMarked;
