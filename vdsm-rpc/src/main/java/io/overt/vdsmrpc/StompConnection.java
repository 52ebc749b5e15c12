package io.overt.vdsmrpc;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Frames in both directions over one socket. The caller's thread reads; one virtual thread writes,
 * from a bounded queue, and sends the heart-beats, so no sender ever waits for a slow peer. The
 * first reason for which the connection ends is kept.
 */
final class StompConnection {
  private static final byte[] LINE_END = {'\n'};

  /** Nothing to send: makes the writer look at what has changed. No frame is empty. */
  private static final byte[] WAKE = {};

  private static final long NEVER_MILLIS = Duration.ofDays(365).toMillis();

  private final Socket raw;
  private final Socket socket;
  private final RpcLimits limits;
  private final DeadlineInputStream input;
  private final StompReader reader;
  private final OutputStream output;
  private final LinkedBlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> ended = new AtomicReference<>();
  private final Thread writer;
  private volatile long quietMillis = NEVER_MILLIS;
  private volatile long writingSince;
  private volatile boolean finishing;

  /**
   * @param raw the TCP socket; closing it ends everything at once
   * @param socket the TLS layer over it, hands shaken, or the same socket in plain text
   */
  StompConnection(Socket raw, Socket socket, RpcLimits limits) throws IOException {
    this(raw, socket, new DeadlineInputStream(socket), limits);
  }

  /**
   * The same, somebody having looked at the first byte.
   *
   * @param input of the socket
   */
  StompConnection(Socket raw, Socket socket, DeadlineInputStream input, RpcLimits limits)
      throws IOException {
    this.raw = raw;
    this.socket = socket;
    this.limits = limits;
    this.input = input;
    this.reader = new StompReader(input, limits);
    this.output = socket.getOutputStream();
    this.writer =
        Thread.ofVirtual().name("stomp-writer-" + raw.getRemoteSocketAddress()).start(this::write);
  }

  /** The next frame, or null when the peer has closed in good order. */
  @Nullable StompFrame read() throws IOException {
    return reader.read();
  }

  /** Deadlines for what {@link #read()} reads; for the reading thread only. */
  DeadlineInputStream deadlines() {
    return input;
  }

  /** Starts heart-beats after both sides have told theirs: what we promised, what they promised. */
  void heartBeats(long ours, long theirs) {
    input.allowSilence(theirs == 0 ? Duration.ZERO : HeartBeat.toleratedSilence(theirs));
    quietMillis = ours == 0 ? NEVER_MILLIS : HeartBeat.sendingInterval(ours).toMillis();
    queue.add(WAKE);
  }

  /** Queues a frame; false when the connection has ended or the peer reads too slowly. */
  boolean send(StompFrame frame) {
    return enqueue(frame.encoded());
  }

  private boolean enqueue(byte[] bytes) {
    if (ended.get() != null) {
      return false;
    }
    long since = writingSince;
    if (since != 0 && System.nanoTime() - since > limits.writeTimeout().toNanos()) {
      end(new IOException("The peer has read nothing for " + limits.writeTimeout()));
      return false;
    }
    long waiting = queuedBytes.addAndGet(bytes.length);
    // An empty queue takes any frame: bodies are bounded elsewhere.
    if (!queue.isEmpty()
        && (waiting > limits.maxQueuedBytes() || queue.size() >= limits.maxQueuedFrames())) {
      end(
          new IOException(
              "The peer reads too slowly: %d frames, %d bytes wait for it"
                  .formatted(queue.size(), waiting)));
      return false;
    }
    return queue.add(bytes);
  }

  /** Sends what is queued, tells the peer the end, and closes; returns within the deadline. */
  void closeAfterSending(Duration deadline) {
    finishing = true;
    queue.add(WAKE);
    try {
      if (!writer.join(deadline)) {
        end(new IOException("The peer did not read its last frames within " + deadline));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    end(new IOException("Closed by this side"));
  }

  /** Closes at once. Only the first reason counts. */
  void end(Throwable reason) {
    ended.compareAndSet(null, reason);
    writer.interrupt();
    try {
      // Not the TLS socket: its close waits for a writer that may be stuck.
      raw.close();
    } catch (IOException ignored) {
      // Nothing is left to do for a socket that cannot even be closed.
    }
  }

  /** Why the connection ended, or null while it lives. */
  @Nullable Throwable reason() {
    return ended.get();
  }

  private void write() {
    try {
      while (true) {
        byte[] next = queue.poll(quietMillis, TimeUnit.MILLISECONDS);
        if (next != null && next.length == 0) {
          if (finishing) {
            socket.close();
            return;
          }
          continue;
        }
        byte[] bytes = next == null ? LINE_END : next;
        writingSince = System.nanoTime() | 1;
        output.write(bytes);
        output.flush();
        writingSince = 0;
        if (next != null) {
          queuedBytes.addAndGet(-next.length);
        }
      }
    } catch (IOException | InterruptedException failure) {
      end(failure);
    }
  }
}
