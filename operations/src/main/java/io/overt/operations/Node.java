package io.overt.operations;

/**
 * This engine process among those that share the database.
 *
 * @param id stays the same over restarts: it belongs to the state directory
 * @param epoch grows with each start, so that jobs of an earlier life are recognised
 */
public record Node(String id, long epoch) {}
