package io.overt.agent;

import io.overt.agent.errors.VdsmError;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.verbs.AgentVerbs;
import io.overt.agent.vms.StatusClock;
import io.overt.vdsmrpc.PeerListener;
import io.overt.vdsmrpc.RpcCall;
import io.overt.vdsmrpc.RpcException;
import io.overt.vdsmrpc.RpcPeer;
import io.overt.vdsmrpc.RpcServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running agent: a listener in front of one host. It accepts connections at once and answers
 * code 99 until the host's virtual machines are found again. Closing it leaves them running.
 */
public final class Agent implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Agent.class);
  private static final Duration RECOVERY_RETRY = Duration.ofSeconds(2);

  private final AgentVerbs verbs;
  private final RpcServer server;
  private final ScheduledExecutorService scheduler;
  private volatile boolean closed;

  private Agent(
      AgentVerbs.Host host,
      InetSocketAddress address,
      Optional<SSLContext> tls,
      ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
    this.verbs = new AgentVerbs(host, scheduler, this::publish);
    PeerAccess access = new PeerAccess(tls.isPresent());
    RpcServer.Builder builder =
        RpcServer.builder(call -> call(access, call))
            .address(address)
            .streams(new SerialDoor(access, verbs.serialLines()))
            .peers(
                new PeerListener() {
                  @Override
                  public void connected(RpcPeer peer) {
                    greet(peer);
                  }
                });
    tls.ifPresent(builder::tls);
    this.server = builder.start();
  }

  /**
   * Listens and begins to recover.
   *
   * @param tls empty for plain text, which is for tests and loopback only
   * @param scheduler for timers; the caller closes it after the agent
   */
  public static Agent start(
      AgentVerbs.Host host,
      InetSocketAddress address,
      Optional<SSLContext> tls,
      ScheduledExecutorService scheduler) {
    Agent agent = new Agent(host, address, tls, scheduler);
    Thread.ofVirtual().name("recover-" + agent.port()).start(agent::recover);
    return agent;
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Stops listening; virtual machines go on. */
  @Override
  public void close() {
    closed = true;
    server.close();
    verbs.close();
  }

  private void recover() {
    while (!closed) {
      try {
        verbs.recover();
        return;
      } catch (HypervisorException e) {
        log.warn("Cannot recover yet, trying again in {}: {}", RECOVERY_RETRY, e.getMessage());
      } catch (RuntimeException e) {
        log.error("Recovery failed, trying again in {}", RECOVERY_RETRY, e);
      }
      try {
        Thread.sleep(RECOVERY_RETRY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static Map<String, Object> stamped() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("notify_time", StatusClock.monotonic().now());
    return data;
  }

  /** A new connection makes the engine read the capabilities again, once it can hear the event. */
  private void greet(RpcPeer peer) {
    var _ =
        scheduler.schedule(
            () ->
                server.publish("|net|host_conn|no_id", stamped(), other -> other.id() == peer.id()),
            500,
            TimeUnit.MILLISECONDS);
  }

  private void publish(String method, Map<String, Object> data) {
    server.publish(method, data);
  }

  private @Nullable Object call(PeerAccess access, RpcCall call) {
    access.check(call);
    if (!call.positional().isEmpty()) {
      throw new RpcException(
          RpcException.INVALID_PARAMETERS,
          call.method() + " needs its parameters by name, not as a list");
    }
    try {
      return verbs.verbs().call(call.method(), call.params());
    } catch (VdsmError e) {
      throw new RpcException(e.code(), String.valueOf(e.getMessage()), e);
    }
  }
}
