package io.overt.rest.login;

/**
 * A live API session.
 *
 * @param protectedFromForgery whether requests have to repeat the session's id in a header
 */
public record Kept(Identity identity, boolean protectedFromForgery) {}
