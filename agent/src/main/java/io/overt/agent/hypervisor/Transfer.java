package io.overt.agent.hypervisor;

/**
 * One move of a guest.
 *
 * @param peer the other host's agent, {@code host:port}
 * @param destination the other hypervisor, as seen from this one
 * @param data where the memory is sent to, {@code tcp://address}; empty leaves that to the other
 *     side
 * @param xml the domain as the other side wants it
 * @param bandwidth at most, in MiB a second; 0 for no limit
 * @param connections in parallel; 0 for a single plain one
 * @param unsafe even when disks are not known to be shared
 */
public record Transfer(
    String peer,
    String destination,
    String data,
    String xml,
    long bandwidth,
    int connections,
    boolean autoConverge,
    boolean compressed,
    boolean encrypted,
    boolean tunnelled,
    boolean postCopy,
    boolean abortOnError,
    boolean unsafe) {}
