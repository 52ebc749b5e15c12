package io.overt.rest.login;

import org.jspecify.annotations.Nullable;

/**
 * The request that a login comes with.
 *
 * @param address of the peer, without port
 * @param agent the client's {@code User-Agent}, empty when it sent none
 * @param correlationId of the request
 * @param filter whether the client wants answers reduced to its own permissions; null when it does
 *     not say
 */
public record Source(
    String address, String agent, String correlationId, @Nullable Boolean filter) {}
