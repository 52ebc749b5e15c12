package io.overt.inventory;

/**
 * A name that only one entity of a kind may bear within a scope; names compare exactly.
 *
 * @param scope {@code ""} for the whole installation, else what the kind says: the data center's id
 */
public record UniqueKey(String scope, String name) {}
