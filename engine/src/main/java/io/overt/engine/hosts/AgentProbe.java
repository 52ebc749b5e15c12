package io.overt.engine.hosts;

import io.overt.model.types.Certificate;
import io.overt.vdsmrpc.PeerIdentity;
import io.overt.vdsmrpc.RpcClient;
import io.overt.vdsmrpc.RpcException;
import io.overt.vdsmrpc.RpcTransportException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Asks whether an agent answers at an address, before a host is registered. */
public interface AgentProbe {
  /**
   * Connects and shakes hands.
   *
   * @return what the agent's certificate says
   * @throws NoAgent when nobody answers, or not an agent of this engine
   */
  Certificate probe(String address, int port);

  /** Nobody answered; the message says why. */
  final class NoAgent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoAgent(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Over the agents' protocol, as the fleet connects; an agent that is recovering counts. */
  static AgentProbe overRpc(SSLContext tls, Duration patience) {
    return (address, port) -> {
      try (RpcClient client =
          RpcClient.builder(address, port)
              .tls(tls)
              .expectedName(address)
              .connectTimeout(patience)
              .callTimeout(patience)
              .connect()) {
        return certificate(client.identity());
      } catch (RpcTransportException | RpcException e) {
        throw new NoAgent(String.valueOf(e.getMessage()), e);
      }
    };
  }

  private static Certificate certificate(PeerIdentity peer) {
    Certificate certificate = new Certificate().subject(peer.subject());
    for (String part : peer.subject().split(",")) {
      if (part.startsWith("O=")) {
        certificate.organization(part.substring(2));
      }
    }
    return certificate;
  }
}
