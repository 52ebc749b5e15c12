package io.overt.vdsmrpc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket's input on which every read ends in time: after a silence longer than the heart-beats
 * allow, or when the frame (or handshake) being read is due. Used by the reading thread only,
 * except {@link #allowSilence}.
 */
final class DeadlineInputStream extends FilterInputStream {
  private static final long NONE = Long.MAX_VALUE;

  private final Socket socket;
  private final PushbackInputStream input;
  private volatile long silenceMillis = NONE;
  private long frameDueNanos = NONE;
  private long phaseDueNanos = NONE;

  DeadlineInputStream(Socket socket) throws IOException {
    this(socket, new PushbackInputStream(socket.getInputStream()));
  }

  private DeadlineInputStream(Socket socket, PushbackInputStream input) {
    super(input);
    this.socket = socket;
    this.input = input;
  }

  /** The next byte, which is read again; -1 at the end. */
  int peek() throws IOException {
    int next = read();
    if (next >= 0) {
      input.unread(next);
    }
    return next;
  }

  /** Longest time without a byte; zero for any. */
  void allowSilence(Duration silence) {
    silenceMillis = silence.isZero() ? NONE : silence.toMillis();
  }

  /** Everything read before {@link #phaseEnded()} has to arrive within this time. */
  void phaseStarted(Duration timeout) {
    phaseDueNanos = System.nanoTime() + timeout.toNanos();
  }

  void phaseEnded() {
    phaseDueNanos = NONE;
  }

  void frameStarted(Duration timeout) {
    frameDueNanos = System.nanoTime() + timeout.toNanos();
  }

  void frameEnded() {
    frameDueNanos = NONE;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long silence = silenceMillis;
    long phase = remainingMillis(phaseDueNanos);
    long frame = remainingMillis(frameDueNanos);
    long wait = Math.min(silence, Math.min(phase, frame));
    String late =
        wait == phase
            ? "The peer did not finish its handshake in time"
            : wait == frame
                ? "The peer did not finish a frame in time"
                : "No heart-beat from the peer for " + silence + " ms";
    if (wait <= 0) {
      throw new SocketTimeoutException(late);
    }
    socket.setSoTimeout(wait == NONE ? 0 : (int) Math.min(wait, Integer.MAX_VALUE));
    try {
      return super.read(buffer, offset, length);
    } catch (SocketTimeoutException timeout) {
      var explained = new SocketTimeoutException(late);
      explained.initCause(timeout);
      throw explained;
    }
  }

  private static long remainingMillis(long dueNanos) {
    return dueNanos == NONE ? NONE : Math.max(0, (dueNanos - System.nanoTime()) / 1_000_000);
  }
}
