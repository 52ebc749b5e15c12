package io.overt.rest.login;

import java.time.Instant;

/**
 * A valid token.
 *
 * @param user {@code admin@internal}
 * @param scope granted scopes, separated by blanks
 */
public record TokenInfo(String user, String scope, Instant expires) {}
