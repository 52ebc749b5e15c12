package io.overt.rest.socket;

import io.overt.rest.http.ParameterMap;

/** Port: opens connections for clients that may have them. */
@FunctionalInterface
public interface Tunnels {
  /**
   * Opens one; may take some seconds.
   *
   * @param query of the client's request, by which it shows that it may
   * @throws io.overt.model.ApiFault when it may not
   * @throws TunnelRefused when it may, and cannot now
   */
  Tunnel open(ParameterMap query);
}
