/**
 * Bytes in both directions, over WebSockets (RFC 6455): what is behind them is somebody else's
 * protocol.
 *
 * <p>Starting points: {@link io.overt.rest.socket.Tunnel}, {@link io.overt.rest.socket.SocketDoor}.
 */
@NullMarked
package io.overt.rest.socket;

import org.jspecify.annotations.NullMarked;
