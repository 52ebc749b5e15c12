package io.overt.agent.network;

import java.util.Set;

/** Port: the devices of the host. */
public interface NetworkLayer {
  /** Every device's name. */
  Set<String> devices();

  /**
   * Makes the devices be as wanted: what only the old configuration needs goes, what the new one
   * needs comes, what both need stays up. Asked twice, the second time changes nothing.
   *
   * @throws NetworkException which names the device that could not be made so; some may be changed
   */
  void converge(NetworkConfig from, NetworkConfig to);

  /** A device that could not be made so. */
  final class NetworkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NetworkException(String message) {
      super(message);
    }
  }
}
