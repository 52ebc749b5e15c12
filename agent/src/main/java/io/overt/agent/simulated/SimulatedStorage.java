package io.overt.agent.simulated;

import io.overt.agent.storage.VolumeAddress;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Storage servers in memory, shared by all simulated hosts of a process: what one host writes,
 * another reads.
 *
 * @param texts what volumes hold that an agent wrote itself
 * @param saved files that hold a guest's memory
 * @param latency what creating, copying and removing volumes takes
 */
public record SimulatedStorage(
    Map<String, Server> servers,
    Map<VolumeAddress, String> texts,
    Set<String> saved,
    Latency latency,
    long serverBytes) {

  /** Servers of 10 TiB whose volume operations take 10 to 100 ms. */
  public static SimulatedStorage create() {
    return new SimulatedStorage(
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>(),
        ConcurrentHashMap.newKeySet(),
        Latency.millis(10, 100),
        10L * 1024 * 1024 * 1024 * 1024);
  }

  Server server(String remotePath) {
    return servers.computeIfAbsent(remotePath, path -> new Server(new ConcurrentHashMap<>()));
  }

  /** One server, reachable under one path. */
  record Server(Map<UUID, Domain> domains) {}

  record Domain(Map<String, String> metadata, Map<VolumeAddress, Volume> volumes) {}

  /** A volume without metadata is one whose creation has not ended. */
  record Volume(Map<String, String> metadata, long capacityBytes, long trueBytes) {}
}
