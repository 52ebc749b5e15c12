package io.overt.agent.network;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookContext;
import io.overt.agent.hooks.HookException;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hooks.Hooks;
import io.overt.agent.network.NetworkLayer.NetworkException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the host's networks, one request at a time, and goes back when a change fails or cuts the
 * engine off.
 */
public final class HostNetworks {
  private static final Logger log = LoggerFactory.getLogger(HostNetworks.class);

  private final NetworkLayer layer;
  private final NetworkFile file;
  private final Hooks hooks;
  private final Semaphore turn = new Semaphore(1);
  private final Semaphore heard = new Semaphore(0);
  private volatile NetworkConfig running;

  /**
   * Takes over what an earlier agent arranged; makes it again when the host was started anew.
   *
   * @param file keeps the configuration
   */
  public HostNetworks(NetworkLayer layer, NetworkFile file, Hooks hooks) {
    this.layer = layer;
    this.file = file;
    this.hooks = hooks;
    this.running = restored();
  }

  private NetworkConfig restored() {
    NetworkConfig last = file.running();
    if (layer.devices().containsAll(last.devices())) {
      return last;
    }
    NetworkConfig safe = file.safe();
    log.info("Making the host's networks anew: {}", safe.networks().keySet());
    try {
      layer.converge(NetworkConfig.NONE, safe);
    } catch (NetworkException e) {
      log.warn("The host's networks could not all be made anew: {}", e.getMessage());
    }
    return safe;
  }

  /** What is arranged now. */
  public NetworkConfig running() {
    return running;
  }

  /** Whether a change would be lost when the host is started anew. */
  public boolean dirty() {
    return !running.equals(file.safe());
  }

  /** The engine has reached the host. */
  public void confirm() {
    heard.release();
  }

  /** From now on the host starts with the networks that it has. */
  public void makeSafe() {
    file.write(running, running);
  }

  /**
   * What a request wants besides networks and bonds.
   *
   * @param patience how long the engine may take to reach the host afterwards; zero = it need not
   */
  public record Options(Duration patience, boolean commit) {}

  /**
   * Changes the host's networks.
   *
   * @param networks by name: attributes, or {@code remove}
   * @param bondings by name likewise
   * @throws VdsmError when nothing was changed, or everything was put back
   */
  public void setup(
      Map<String, ?> networks, Map<String, ?> bondings, Map<String, ?> raw, Options options) {
    if (!turn.tryAcquire()) {
      throw new VdsmError(
          ErrorCode.RESOURCE_UNAVAILABLE, "Host.setupNetworks: another request is under way");
    }
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("networks", networks);
    request.put("bondings", bondings);
    request.put("options", raw);
    Map<String, Object> document = Map.of("request", request);
    try {
      NetworkConfig wanted = wanted(new NetworkRequest(networks, bondings));
      Map<String, Object> edited = before(document);
      if (!edited.equals(document)) {
        document = edited;
        wanted = wanted(requested(edited));
      }
      change(wanted, options);
      hooks.json(HookPoint.AFTER_NETWORK_SETUP, HookContext.host(), document);
    } catch (RuntimeException e) {
      hooks.json(HookPoint.AFTER_NETWORK_SETUP_FAIL, HookContext.host(), document);
      throw e;
    } finally {
      turn.release();
    }
  }

  private NetworkConfig wanted(NetworkRequest request) {
    return request.applied(running, layer.devices());
  }

  private Map<String, Object> before(Map<String, Object> document) {
    try {
      return hooks.json(HookPoint.BEFORE_NETWORK_SETUP, HookContext.host(), document);
    } catch (HookException e) {
      throw new VdsmError(ErrorCode.HOOK_FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private static NetworkRequest requested(Map<String, Object> document) {
    if (document.get("request") instanceof Map<?, ?> request) {
      return new NetworkRequest(named(request.get("networks")), named(request.get("bondings")));
    }
    throw new VdsmError(
        ErrorCode.HOOK_FAILED, "Hook Error: the before_network_setup scripts left no request");
  }

  private static Map<String, ?> named(@Nullable Object value) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> result.put(key.toString(), each));
    }
    return result;
  }

  private void change(NetworkConfig wanted, Options options) {
    NetworkConfig before = running;
    heard.drainPermits();
    try {
      layer.converge(before, wanted);
    } catch (NetworkException e) {
      goBack(wanted, before);
      throw new VdsmError(
          ErrorCode.NETWORK_SETUP, "Host.setupNetworks: " + e.getMessage() + "; all is as before");
    }
    if (!options.patience().isZero() && !reached(options.patience())) {
      goBack(wanted, before);
      throw new VdsmError(
          ErrorCode.NO_PEER,
          "Host.setupNetworks: the engine did not reach the host within "
              + options.patience().toSeconds()
              + " s; all is as before");
    }
    running = wanted;
    file.write(wanted, options.commit() ? wanted : file.safe());
  }

  private boolean reached(Duration patience) {
    try {
      return heard.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void goBack(NetworkConfig from, NetworkConfig to) {
    try {
      layer.converge(from, to);
    } catch (NetworkException e) {
      log.error("The host's networks could not be put back: {}", e.getMessage());
    }
  }
}
