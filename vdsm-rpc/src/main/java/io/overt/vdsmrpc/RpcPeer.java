package io.overt.vdsmrpc;

import java.net.SocketAddress;

/**
 * One connection as the server's owner sees it.
 *
 * @param id unique in this server while it runs
 * @param address where the peer connects from
 * @param host the {@code host} header of its CONNECT frame: the name under which it knows this
 *     server, empty when it sent none. A claim of the peer; many simulated hosts can share a port
 *     by it
 * @param identity what its certificate proves
 */
public record RpcPeer(long id, SocketAddress address, String host, PeerIdentity identity) {}
