package io.overt.rest.login;

/**
 * A live API session.
 *
 * @param protectedFromForgery whether requests have to repeat the session's id in a header
 * @param shared whether several use it, so that none of them ends it by not asking to keep it
 */
public record Kept(Identity identity, boolean protectedFromForgery, boolean shared) {}
