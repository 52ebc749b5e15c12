package io.overt.rest.login;

import java.time.Duration;
import java.time.Instant;

/**
 * A client that stays logged in by cookie.
 *
 * @param id the cookie's value: 256 random bits
 * @param token of the login behind it
 * @param idle time without a request after which it ends
 * @param protectedFromForgery whether later requests must repeat the id in a header
 * @param lastUsed when the last request came
 */
public record ApiSession(
    String id, String token, Duration idle, boolean protectedFromForgery, Instant lastUsed) {}
