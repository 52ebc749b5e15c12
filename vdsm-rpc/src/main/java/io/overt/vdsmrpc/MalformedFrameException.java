package io.overt.vdsmrpc;

import java.io.IOException;

/** The peer sent bytes that are no STOMP 1.2 frame, or a frame beyond the limits. */
final class MalformedFrameException extends IOException {
  MalformedFrameException(String message) {
    super(message);
  }
}
