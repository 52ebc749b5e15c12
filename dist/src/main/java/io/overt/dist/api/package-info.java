/**
 * A small client of the REST API, over JSON and the JDK's HTTP client only: what the launcher needs
 * to build up an installation as any other client would.
 *
 * <p>Starting point: {@link io.overt.dist.api.ApiClient}.
 */
@NullMarked
package io.overt.dist.api;

import org.jspecify.annotations.NullMarked;
