package io.overt.agent;

import io.overt.agent.errors.ErrorCode;
import io.overt.vdsmrpc.PeerIdentity;
import io.overt.vdsmrpc.RpcCall;
import io.overt.vdsmrpc.RpcException;
import io.overt.vdsmrpc.RpcPeer;
import io.overt.vdsmrpc.StreamRefused;
import java.util.Set;

/**
 * Who may call what. Only a certificate with the engine's role commands this host; any other of the
 * CA may do what a migration's source needs of its destination. (Upstream lets every host command
 * every other.)
 */
final class PeerAccess {

  /** The organizational unit that the CA puts into the engine's certificate. */
  private static final String ENGINE_ROLE = "engine";

  private static final Set<String> BETWEEN_HOSTS =
      Set.of(
          "Host.ping",
          "Host.ping2",
          "Host.getCapabilities",
          "Host.getVMFullList",
          "VM.migrationCreate",
          "VM.destroy");

  private final boolean enforced;

  PeerAccess(boolean enforced) {
    this.enforced = enforced;
  }

  /** Streams are for the engine alone. */
  void checkStream(PeerIdentity peer) {
    if (enforced && !peer.hasRole(ENGINE_ROLE)) {
      throw new StreamRefused(
          StreamRefused.FORBIDDEN,
          "'%s' may not have this: its certificate (%s) lacks the engine's role"
              .formatted(peer.commonName(), peer.subject()));
    }
  }

  void check(RpcCall call) {
    RpcPeer peer = call.peer();
    if (enforced
        && !peer.identity().hasRole(ENGINE_ROLE)
        && !BETWEEN_HOSTS.contains(call.method())) {
      throw new RpcException(
          ErrorCode.GENERAL.number(),
          "'%s' may not call %s: its certificate (%s) lacks the engine's role"
              .formatted(peer.identity().commonName(), call.method(), peer.identity().subject()));
    }
  }
}
