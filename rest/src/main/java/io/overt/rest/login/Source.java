package io.overt.rest.login;

/**
 * Where a login comes from.
 *
 * @param address of the peer
 * @param agent the client's {@code User-Agent}, empty when it sent none
 */
public record Source(String address, String agent) {}
