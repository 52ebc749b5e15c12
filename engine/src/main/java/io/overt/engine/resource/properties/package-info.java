/**
 * Custom properties: which names and values an administrator lets machines have. Scripts on hosts
 * find them in their environment.
 *
 * <p>Starting points: {@link io.overt.engine.resource.properties.CustomProperties}.
 */
@NullMarked
package io.overt.engine.resource.properties;

import org.jspecify.annotations.NullMarked;
