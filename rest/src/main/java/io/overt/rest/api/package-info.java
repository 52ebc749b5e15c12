/**
 * The API proper: a request is admitted, routed by the model, decoded, authorised, handed to the
 * feature and its outcome answered. Knows no feature.
 *
 * <p>Starting points: {@link io.overt.rest.api.ApiEndpoint}, {@link io.overt.rest.api.Guard},
 * {@link io.overt.rest.api.Completion}, {@link io.overt.rest.api.RequestInfo}.
 */
@NullMarked
package io.overt.rest.api;

import org.jspecify.annotations.NullMarked;
