package io.overt.agent;

import io.overt.agent.vms.Peers;
import io.overt.vdsmrpc.RpcClient;
import io.overt.vdsmrpc.RpcException;
import io.overt.vdsmrpc.RpcTransportException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Other hosts' agents over the protocol that the engine speaks, with this host's certificate. */
public final class RpcPeers implements Peers {

  private static final Duration CONNECT = Duration.ofSeconds(20);

  private final Optional<SSLContext> tls;

  /**
   * @param tls empty for plain text
   */
  public RpcPeers(Optional<SSLContext> tls) {
    this.tls = tls;
  }

  @Override
  public Peer connect(String address) {
    int colon = address.lastIndexOf(':');
    try {
      String host = address.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
      RpcClient.Builder builder =
          RpcClient.builder(host, Integer.parseInt(address.substring(colon + 1)))
              .connectTimeout(CONNECT);
      tls.ifPresent(context -> builder.tls(context).expectedName(host));
      return new RpcPeer(address, builder.connect());
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new PeerException(
          PeerException.NO_ANSWER, "'" + address + "' is no address like host:54321", e);
    } catch (RpcTransportException e) {
      throw new PeerException(
          PeerException.NO_ANSWER,
          "Cannot reach the host at " + address + ": " + e.getMessage(),
          e);
    }
  }

  private record RpcPeer(String address, RpcClient client) implements Peer {
    @Override
    public Object call(String verb, Map<String, ?> parameters, Duration patience) {
      try {
        Object answer = client.call(verb, parameters, patience, null);
        return answer == null ? true : answer;
      } catch (RpcException e) {
        throw new PeerException(e.code(), String.valueOf(e.getMessage()), e);
      } catch (RpcTransportException e) {
        throw new PeerException(PeerException.NO_ANSWER, String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
