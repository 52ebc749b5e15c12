package io.overt.engine.storage;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.types.HostStorage;
import io.overt.model.types.StorageConnection;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainType;
import io.overt.model.types.StorageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a connection to a storage server must be, and how hosts spell it. */
final class Connections {
  /** Types of storage that hosts serve. */
  static final Set<StorageType> FILE_TYPES =
      Set.of(StorageType.NFS, StorageType.LOCALFS, StorageType.POSIXFS, StorageType.GLUSTERFS);

  private Connections() {}

  /** The server's path as hosts want it: {@code server:/export} or {@code /directory}. */
  static String path(StorageConnection connection) {
    String path = Objects.requireNonNullElse(connection.path(), "");
    String address = connection.address();
    return address == null || address.isEmpty() ? path : address + ":" + path;
  }

  /** VDSM's number of a storage type. */
  static int wireType(StorageType type) {
    return switch (type) {
      case NFS -> 1;
      case LOCALFS -> 4;
      case POSIXFS -> 6;
      case GLUSTERFS -> 7;
      default -> throw new IllegalStateException(type + " is not served");
    };
  }

  /** VDSM's number of a domain class. */
  static int wireClass(StorageDomainType type) {
    return switch (type) {
      case ISO -> 2;
      case EXPORT -> 3;
      default -> 1;
    };
  }

  /** Checks what its type needs. */
  static StorageConnection checked(StorageConnection connection, String operation) {
    StorageType type = connection.type_();
    if (type == null) {
      throw ApiFault.incomplete("StorageConnection", "type", operation);
    }
    if (type == StorageType.ISCSI
        && (isEmpty(connection.address())
            || isEmpty(connection.target())
            || connection.port() == null)) {
      throw ApiFault.incomplete("StorageConnection", "address, target, port", operation);
    }
    if (!FILE_TYPES.contains(type)) {
      throw ApiFault.bad(
          "storage_connection.type is '%s' but only nfs, localfs, posixfs and glusterfs are served"
              .formatted(type.wire()));
    }
    List<String> missing = new ArrayList<>();
    boolean remote = type == StorageType.NFS || type == StorageType.GLUSTERFS;
    if (remote && isEmpty(connection.address())) {
      missing.add("address");
    }
    if (isEmpty(connection.path())) {
      missing.add("path");
    }
    if (type == StorageType.POSIXFS && isEmpty(connection.vfsType())) {
      missing.add("vfs_type");
    }
    if (!missing.isEmpty()) {
      throw ApiFault.incomplete("StorageConnection", String.join(", ", missing), operation);
    }
    String path = Objects.requireNonNull(connection.path());
    boolean absolute = path.startsWith("/");
    if (!absolute && (type == StorageType.NFS || type == StorageType.LOCALFS)) {
      throw ApiFault.bad("storage_connection.path is '" + path + "' but must begin with '/'");
    }
    return connection.password(null);
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  /** No two connections lead to the same place. */
  static void requireNew(Snapshot snapshot, StorageConnection connection) {
    for (Entity<StorageConnection> other : snapshot.all(Kinds.STORAGE_CONNECTION)) {
      if (!other.id().equals(connection.id())
          && other.value().type_() == connection.type_()
          && path(other.value()).equals(path(connection))) {
        throw ApiFault.conflict(
            "Storage connection %s already leads to '%s'.".formatted(other.id(), path(connection)));
      }
    }
  }

  /** The connection that a new domain describes in its storage. */
  static StorageConnection of(HostStorage storage) {
    return new StorageConnection()
        .type_(storage.type_())
        .address(storage.address())
        .path(storage.path())
        .port(storage.port())
        .vfsType(storage.vfsType())
        .mountOptions(storage.mountOptions())
        .nfsVersion(storage.nfsVersion())
        .nfsTimeo(storage.nfsTimeo())
        .nfsRetrans(storage.nfsRetrans());
  }

  /** What a domain shows of its connection. */
  static HostStorage shown(StorageConnection connection) {
    return new HostStorage()
        .type_(connection.type_())
        .address(connection.address())
        .path(connection.path())
        .vfsType(connection.vfsType())
        .mountOptions(connection.mountOptions())
        .nfsVersion(connection.nfsVersion())
        .nfsTimeo(connection.nfsTimeo())
        .nfsRetrans(connection.nfsRetrans());
  }

  /** The domains that use a connection. */
  static List<Entity<StorageDomain>> users(Snapshot snapshot, String id) {
    return snapshot.referrers(Kinds.STORAGE_DOMAIN, "storage_connections", id);
  }
}
