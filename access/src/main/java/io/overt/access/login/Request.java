package io.overt.access.login;

import org.jspecify.annotations.Nullable;

/**
 * What a request says besides its credentials.
 *
 * @param filter the header or query parameter {@code Filter}, null when absent: then administrators
 *     get unfiltered answers, others what is configured
 */
public record Request(String correlationId, @Nullable Boolean filter) {}
