package io.overt.engine.storage;

import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostCalls;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.StorageConnection;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The storage verbs of one host, in VDSM's words (reference: its schema of StoragePool,
 * StorageDomain, Volume and Image).
 */
public final class HostStorage {
  /** Pool of connections that belong to no data center yet. */
  static final String NO_POOL = "00000000-0000-0000-0000-000000000000";

  /** VDSM: the volume does not exist. */
  public static final int NO_SUCH_VOLUME = 201;

  /** VDSM: the volume exists already. */
  public static final int VOLUME_EXISTS = 212;

  /** VDSM: the image is not in the storage domain. */
  public static final int NO_SUCH_IMAGE = 268;

  private static final int BUSY = 40;
  private static final int DOMAIN_EXISTS = 365;
  private static final int NO_SUCH_DOMAIN = 358;
  private static final int NOT_IN_POOL = 353;
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final Duration TASK_DEADLINE = Duration.ofHours(6);
  private static final Duration TASK_PAUSE = Duration.ofMillis(100);
  private static final Duration TASK_LONGEST_PAUSE = Duration.ofSeconds(5);
  private final HostCalls calls;
  private final @Nullable String correlationId;

  public HostStorage(HostCalls calls, @Nullable String correlationId) {
    this.calls = calls;
    this.correlationId = correlationId;
  }

  private @Nullable Object call(String verb, Map<String, ?> parameters) {
    return calls.call(verb, parameters, DEADLINE, correlationId);
  }

  /** What the domain's space is: total and free bytes. */
  record Capacity(long total, long free) {}

  /**
   * Connects storage servers.
   *
   * @throws IllegalStateException when one of them cannot be connected
   */
  void connect(String pool, List<StorageConnection> connections) {
    for (StorageConnection connection : connections) {
      Object answer = call("StoragePool.connectStorageServer", servers(pool, connection));
      if (answer instanceof List<?> statuses
          && !statuses.isEmpty()
          && statuses.getFirst() instanceof Map<?, ?> status
          && !"0".equals(String.valueOf(status.get("status")))) {
        throw new IllegalStateException(
            "Storage server '%s' cannot be connected (code %s)"
                .formatted(Connections.path(connection), status.get("status")));
      }
    }
  }

  void disconnect(String pool, List<StorageConnection> connections) {
    for (StorageConnection connection : connections) {
      call("StoragePool.disconnectStorageServer", servers(pool, connection));
    }
  }

  private static Map<String, Object> servers(String pool, StorageConnection connection) {
    Map<String, Object> server = new HashMap<>();
    server.put("id", connection.requireId());
    server.put("connection", Connections.path(connection));
    if (connection.vfsType() != null) {
      server.put("vfs_type", connection.vfsType());
    }
    if (connection.mountOptions() != null) {
      server.put("mnt_options", connection.mountOptions());
    }
    return Map.of(
        "storagepoolID",
        pool,
        "domainType",
        Connections.wireType(Objects.requireNonNull(connection.type_())),
        "connectionParams",
        List.of(server));
  }

  /** Makes the domain unless it is there. */
  void createDomain(StorageDomain domain, StorageConnection connection) {
    StorageType type = Objects.requireNonNull(connection.type_());
    tolerating(
        DOMAIN_EXISTS,
        "StorageDomain.create",
        Map.of(
            "storagedomainID",
            domain.requireId(),
            "domainType",
            Connections.wireType(type),
            "typeArgs",
            Connections.path(connection),
            "name",
            Objects.requireNonNull(domain.name()),
            "domainClass",
            Connections.wireClass(Objects.requireNonNull(domain.type_())),
            "version",
            5,
            "maxHosts",
            250));
  }

  /** Deletes the domain with all its contents, unless it is gone. */
  void formatDomain(String domain) {
    tolerating(
        NO_SUCH_DOMAIN,
        "StorageDomain.format",
        Map.of("storagedomainID", domain, "autoDetach", false));
  }

  Capacity capacity(String domain) {
    Map<String, Object> answer =
        calls.object("StorageDomain.getStats", Map.of("storagedomainID", domain));
    return new Capacity(number(answer.get("disktotal")), number(answer.get("diskfree")));
  }

  static long number(@Nullable Object value) {
    try {
      return value == null ? 0 : Long.parseLong(value.toString());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Writes a pool with this domain as its first member and master, and joins it. */
  void createPool(String pool, String name, String master, long version) {
    call(
        "StoragePool.create",
        Map.of(
            "storagepoolID",
            pool,
            "name",
            name,
            "masterSdUUID",
            master,
            "masterVersion",
            version,
            "domainList",
            List.of(master)));
    connectPool(pool, master, version);
    awaitTask(
        String.valueOf(
            call(
                "StoragePool.spmStart",
                Map.of(
                    "storagepoolID",
                    pool,
                    "prevID",
                    -1,
                    "prevLver",
                    "-1",
                    "enableScsiFencing",
                    false,
                    "maxHostID",
                    250))));
  }

  void connectPool(String pool, String master, long version) {
    call(
        "StoragePool.connect",
        Map.of(
            "storagepoolID",
            pool,
            "hostID",
            1,
            "scsiKey",
            pool,
            "masterSdUUID",
            master,
            "masterVersion",
            version));
  }

  /** Moves the role of the master to another domain. */
  void reconstruct(
      String pool, String name, String master, long version, Map<String, String> members) {
    call(
        "StoragePool.reconstructMaster",
        Map.of(
            "storagepoolID",
            pool,
            "name",
            name,
            "masterSdUUID",
            master,
            "masterVersion",
            version,
            "domainDict",
            members));
    connectPool(pool, master, version);
  }

  void destroyPool(String pool) {
    call("StoragePool.destroy", Map.of("storagepoolID", pool, "hostID", 1, "scsiKey", pool));
  }

  void attach(String pool, String domain) {
    call("StorageDomain.attach", member(pool, domain));
  }

  void activate(String pool, String domain) {
    call("StorageDomain.activate", member(pool, domain));
  }

  void deactivate(String pool, String domain) {
    tolerating(NOT_IN_POOL, "StorageDomain.deactivate", member(pool, domain));
  }

  void detach(String pool, String domain) {
    tolerating(NOT_IN_POOL, "StorageDomain.detach", member(pool, domain));
  }

  private static Map<String, Object> member(String pool, String domain) {
    return Map.of("storagepoolID", pool, "storagedomainID", domain);
  }

  /** A verb that starts a task: waits for its end; an answer with this code means it is done. */
  public void task(String verb, Map<String, ?> parameters, int doneCode) {
    long end = System.nanoTime() + TASK_DEADLINE.toNanos();
    while (true) {
      try {
        awaitTask(String.valueOf(call(verb, parameters)));
        return;
      } catch (HostCallFailed e) {
        if (e.code() == doneCode) {
          return;
        }
        // An earlier run of this job may have started the same work before the engine was killed.
        if (e.code() != BUSY || System.nanoTime() > end) {
          throw e;
        }
        sleep(TASK_LONGEST_PAUSE);
      }
    }
  }

  /** The answer of a verb that gives an object. */
  public Map<String, Object> object(String verb, Map<String, ?> parameters) {
    return calls.object(verb, parameters);
  }

  /**
   * Waits for a task to end.
   *
   * @throws IllegalStateException when it fails or does not end in time
   */
  private void awaitTask(String task) {
    long end = System.nanoTime() + TASK_DEADLINE.toNanos();
    Duration pause = TASK_PAUSE;
    while (true) {
      Map<String, Object> status = calls.object("Task.getStatus", Map.of("taskID", task));
      if ("finished".equals(status.get("taskState"))) {
        call("Task.clear", Map.of("taskID", task));
        if (!"success".equals(status.get("taskResult"))) {
          throw new IllegalStateException(
              "The host's task failed: %s (code %s)"
                  .formatted(status.get("message"), status.get("code")));
        }
        return;
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("The host's task did not end in " + TASK_DEADLINE);
      }
      sleep(pause);
      pause = pause.multipliedBy(2);
      if (pause.compareTo(TASK_LONGEST_PAUSE) > 0) {
        pause = TASK_LONGEST_PAUSE;
      }
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a host's task runs", e);
    }
  }

  private void tolerating(int code, String verb, Map<String, ?> parameters) {
    try {
      call(verb, parameters);
    } catch (HostCallFailed e) {
      if (e.code() != code) {
        throw e;
      }
    }
  }

  /** The connections of a domain. */
  static List<StorageConnection> connections(Snapshot snapshot, StorageDomain domain) {
    List<StorageConnection> all = new ArrayList<>();
    List<StorageConnection> references =
        Objects.requireNonNullElse(domain.storageConnections(), List.of());
    for (StorageConnection reference : references) {
      snapshot
          .find(Kinds.STORAGE_CONNECTION, reference.requireId())
          .map(Entity::value)
          .ifPresent(all::add);
    }
    return all;
  }
}
