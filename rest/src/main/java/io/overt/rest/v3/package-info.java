/**
 * Version 3 of the API: where its things are in the model, what its requests mean there, and what
 * its documents say beyond the members of objects. Names and forms are rules of the codec.
 *
 * <p>Starting points: {@link io.overt.rest.v3.Version3}.
 */
@NullMarked
package io.overt.rest.v3;

import org.jspecify.annotations.NullMarked;
