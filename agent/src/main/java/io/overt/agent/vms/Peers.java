package io.overt.agent.vms;

import java.time.Duration;
import java.util.Map;

/** The agents of other hosts. */
public interface Peers {

  /**
   * Connects.
   *
   * @param address {@code host:port}
   * @throws PeerException when there is no connection
   */
  Peer connect(String address);

  /** A host alone in the world. */
  static Peers none() {
    return address -> {
      throw new PeerException(PeerException.NO_ANSWER, "No host is known at " + address);
    };
  }

  /** One connected agent. */
  interface Peer extends AutoCloseable {
    /**
     * Calls a verb.
     *
     * @throws PeerException when it refuses or gives no answer
     */
    Object call(String verb, Map<String, ?> parameters, Duration patience);

    @Override
    void close();
  }

  /** Another agent refused, or gave no answer. */
  final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Instead of the other agent's code: nobody knows whether the call took effect. */
    public static final int NO_ANSWER = 0;

    private final int code;

    public PeerException(int code, String message) {
      super(message);
      this.code = code;
    }

    public PeerException(int code, String message, Throwable cause) {
      super(message, cause);
      this.code = code;
    }

    int code() {
      return code;
    }
  }
}
