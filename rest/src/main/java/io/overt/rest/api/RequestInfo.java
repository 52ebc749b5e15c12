package io.overt.rest.api;

import java.util.List;
import java.util.Locale;

/**
 * The request behind a call, for features through {@code Call.context(RequestInfo.class)}.
 *
 * @param correlationId 1 to 36 letters, digits, {@code _} and {@code -}
 * @param remoteAddress of the peer, without port
 * @param origin {@code https://engine.example.com:8443}, as the client addressed the server
 * @param base path of the API as the client addressed it: {@code /ovirt-engine/api/v4}
 * @param languages that the client prefers, best first
 */
public record RequestInfo(
    String correlationId,
    String remoteAddress,
    String origin,
    String base,
    List<Locale> languages) {}
