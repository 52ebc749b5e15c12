package io.overt.agent.storage;

/**
 * A storage server connection of the engine's.
 *
 * @param remotePath {@code /directory} or {@code server:/export}
 * @param vfsType the file system type of a POSIX connection, or empty
 * @param mountOptions or empty
 */
public record StorageConnection(
    DomainType type, String remotePath, String vfsType, String mountOptions) {}
