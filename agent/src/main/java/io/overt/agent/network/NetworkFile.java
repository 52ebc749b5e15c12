package io.overt.agent.network;

import io.overt.vdsmrpc.Json;
import io.overt.vdsmrpc.Json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an agent finds again what was arranged: the running configuration, and the one that the
 * host starts with.
 */
public final class NetworkFile {
  private final Optional<Path> path;
  private NetworkConfig running = NetworkConfig.NONE;
  private NetworkConfig safe = NetworkConfig.NONE;

  /**
   * @param path empty to keep it in memory only
   * @throws UncheckedIOException when there is one that cannot be read
   */
  public NetworkFile(Optional<Path> path) {
    this.path = path;
    path.filter(Files::exists).ifPresent(this::read);
  }

  synchronized NetworkConfig running() {
    return running;
  }

  synchronized NetworkConfig safe() {
    return safe;
  }

  synchronized void write(NetworkConfig nowRunning, NetworkConfig nowSafe) {
    running = nowRunning;
    safe = nowSafe;
    path.ifPresent(this::write);
  }

  private void write(Path file) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("running", running.described());
    content.put("safe", safe.described());
    try {
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, Json.text(content));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep the host's networks in " + file, e);
    }
  }

  private void read(Path file) {
    try {
      if (Json.parse(Files.readString(file)) instanceof Map<?, ?> content) {
        running = config(content.get("running"));
        safe = config(content.get("safe"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the host's networks in " + file, e);
    } catch (MalformedJsonException e) {
      throw new UncheckedIOException(
          new IOException("The host's networks in " + file + " are no JSON: " + e.getMessage()));
    }
  }

  /** What was once a request is one again; its devices need not be there. */
  private static NetworkConfig config(@Nullable Object described) {
    Map<String, Object> networks = part(described, "networks");
    Map<String, Object> bondings = part(described, "bondings");
    Set<String> devices = new LinkedHashSet<>();
    networks.values().forEach(network -> devices.add(text(network, "nic")));
    bondings.values().stream()
        .map(bond -> bond instanceof Map<?, ?> map ? map.get("nics") : null)
        .forEach(
            nics -> {
              if (nics instanceof List<?> list) {
                list.forEach(nic -> devices.add(Values.text(nic)));
              }
            });
    return new NetworkRequest(networks, bondings).applied(NetworkConfig.NONE, devices);
  }

  private static Map<String, Object> part(@Nullable Object described, String name) {
    Map<String, Object> part = new LinkedHashMap<>();
    if (described instanceof Map<?, ?> map && map.get(name) instanceof Map<?, ?> values) {
      values.forEach((key, value) -> part.put(key.toString(), value));
    }
    return part;
  }

  private static String text(@Nullable Object network, String name) {
    return network instanceof Map<?, ?> map ? Values.text(map.get(name)) : "";
  }
}
