/**
 * What every feature shares: reading a kind behind a URL, finding what a body refers to, writing
 * with the inventory's refusals turned into faults.
 *
 * <p>Starting points: {@link io.overt.engine.resource.Platform}, {@link
 * io.overt.engine.resource.Resource}, {@link io.overt.engine.resource.References}, {@link
 * io.overt.engine.resource.Updates}.
 */
@NullMarked
package io.overt.engine.resource;

import org.jspecify.annotations.NullMarked;
