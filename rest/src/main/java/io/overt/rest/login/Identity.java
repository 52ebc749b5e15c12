package io.overt.rest.login;

/**
 * Who calls, as far as the doors care.
 *
 * @param name {@code admin@internal-authz}
 * @param administrator whether the user holds any administrative role
 * @param caller the features' own view of the caller, handed through {@code Call.context}
 */
public record Identity(String name, boolean administrator, Object caller) {}
