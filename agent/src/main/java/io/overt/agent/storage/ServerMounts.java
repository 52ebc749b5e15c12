package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.programs.Program;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The storage servers this host is connected to: an entry in VDSM's {@code mnt} directory for each,
 * named after the server's path. Directories and what is already mounted are linked; anything else
 * is mounted there.
 */
final class ServerMounts {

  private final Path directory;

  ServerMounts(Path directory) {
    this.directory = directory;
  }

  List<Path> connected() {
    List<Path> servers = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(servers::add);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new VdsmError(ErrorCode.STORAGE, "Cannot list " + directory, e);
    }
    servers.sort(null);
    return servers;
  }

  /** The entry of a connected server. */
  Path of(String remotePath) {
    Path entry = entry(remotePath);
    if (!Files.isDirectory(entry)) {
      throw new VdsmError(
          ErrorCode.STORAGE_CONNECTION,
          "Storage server '%s' is not connected; call StoragePool.connectStorageServer first"
              .formatted(remotePath));
    }
    return entry;
  }

  void connect(StorageConnection connection) {
    String remote = connection.remotePath();
    Path entry = entry(remote);
    try {
      if (Files.isDirectory(entry)) {
        return;
      }
      Files.createDirectories(directory);
      Files.deleteIfExists(entry);
      Path present = present(remote);
      if (present != null) {
        Files.createSymbolicLink(entry, present);
      } else if (connection.type() == DomainType.LOCALFS) {
        throw new VdsmError(
            ErrorCode.STORAGE_CONNECTION,
            "Local storage path '%s' is not a directory on this host".formatted(remote));
      } else {
        Files.createDirectories(entry);
        mount(connection, entry);
      }
    } catch (IOException e) {
      throw new VdsmError(
          ErrorCode.STORAGE_CONNECTION, "Cannot connect storage server '" + remote + "'", e);
    }
  }

  void disconnect(StorageConnection connection) {
    Path entry = entry(connection.remotePath());
    try {
      if (Files.isSymbolicLink(entry)) {
        Files.delete(entry);
      } else if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
        if (mounted(entry.toAbsolutePath().toString(), 1) != null) {
          Program.run(
              ErrorCode.MOUNT,
              Path.of("/"),
              Duration.ofMinutes(1),
              List.of("umount", entry.toString()));
        }
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new VdsmError(
          ErrorCode.STORAGE_CONNECTION,
          "Cannot disconnect storage server '" + connection.remotePath() + "'",
          e);
    }
  }

  /** VDSM's names: '_' doubled, then '/' replaced by '_'. */
  private Path entry(String remotePath) {
    String name = remotePath.replace("_", "__").replace('/', '_');
    if (name.isEmpty() || name.equals(".") || name.equals("..") || remotePath.indexOf('\0') >= 0) {
      throw new VdsmError(
          ErrorCode.STORAGE_CONNECTION, "'" + remotePath + "' is not a storage server's path");
    }
    return directory.resolve(name);
  }

  /** A directory of this host, or where the server is mounted already. */
  private static @Nullable Path present(String remote) throws IOException {
    if (remote.startsWith("/") && Files.isDirectory(Path.of(remote))) {
      return Path.of(remote);
    }
    String target = mounted(remote, 0);
    return target == null ? null : Path.of(target);
  }

  /** The mount point of the line of /proc/self/mounts whose given field is this. */
  private static @Nullable String mounted(String wanted, int field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      String[] fields = line.split(" ");
      if (fields.length > 2 && fields[field].replace("\\040", " ").equals(wanted)) {
        return fields[1].replace("\\040", " ");
      }
    }
    return null;
  }

  private static void mount(StorageConnection connection, Path entry) {
    String type =
        switch (connection.type()) {
          case NFS -> "nfs";
          case GLUSTERFS -> "glusterfs";
          case POSIXFS, LOCALFS -> connection.vfsType();
        };
    List<String> command = new ArrayList<>(List.of("mount"));
    if (!type.isEmpty()) {
      command.addAll(List.of("-t", type));
    }
    if (!connection.mountOptions().isEmpty()) {
      command.addAll(List.of("-o", connection.mountOptions()));
    }
    command.addAll(List.of("--", connection.remotePath(), entry.toString()));
    try {
      Program.run(ErrorCode.MOUNT, Path.of("/"), Duration.ofSeconds(60), command);
    } catch (VdsmError e) {
      try {
        Files.deleteIfExists(entry);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }
}
