/**
 * The wire between engine and host agent: JSON-RPC 2.0 in STOMP 1.2 frames over mutual TLS, in the
 * dialects that VDSM's server, the {@code vdsm.client} Python client and the {@code
 * vdsm-jsonrpc-java} client speak. Both ends live here; neither knows a verb.
 *
 * <p>Starting points: {@link io.overt.vdsmrpc.RpcServer} (the agent's end), {@link
 * io.overt.vdsmrpc.RpcClient} (the engine's end), {@link io.overt.vdsmrpc.Tls} (contexts from PEM
 * files), {@link io.overt.vdsmrpc.Json} (what values look like in Java).
 */
@NullMarked
package io.overt.vdsmrpc;

import org.jspecify.annotations.NullMarked;
