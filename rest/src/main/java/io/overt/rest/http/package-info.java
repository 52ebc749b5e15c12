/**
 * HTTP as the endpoints see it: requests with raw paths and bounded bodies, answers that are
 * buffered, compressed or streamed, and media type negotiation. Nothing here knows the API.
 *
 * <p>Starting points: {@link io.overt.rest.http.Exchange}, {@link io.overt.rest.http.Endpoint},
 * {@link io.overt.rest.http.Negotiation}.
 */
@NullMarked
package io.overt.rest.http;

import org.jspecify.annotations.NullMarked;
