package io.overt.rest;

import io.overt.rest.api.Cors;
import io.overt.rest.http.Limits;
import java.time.Duration;

/**
 * How the door stands.
 *
 * @param bindAddress that HTTPS listens on: {@code 0.0.0.0}, {@code ::} …
 * @param httpsPort 0 for any free one, -1 for none
 * @param httpPort of plain HTTP, on the loopback only; 0 for any free one, -1 for none
 * @param limits on what clients can take
 * @param cors origins whose pages may call the API
 * @param forgeryProtection whether sessions that ask for it are protected
 * @param longestWait for clients that wait for jobs to end
 */
public record ApiServerConfig(
    String bindAddress,
    int httpsPort,
    int httpPort,
    Limits limits,
    Cors cors,
    boolean forgeryProtection,
    Duration longestWait) {

  /**
   * HTTPS on 8443 of all addresses, HTTP on loopback port 8080, everything else as oVirt has it.
   */
  public static final ApiServerConfig DEFAULT =
      new ApiServerConfig(
          "0.0.0.0", 8443, 8080, Limits.DEFAULT, Cors.OFF, false, Duration.ofMinutes(10));

  /** The same on other ports. */
  public ApiServerConfig withPorts(int https, int http) {
    return new ApiServerConfig(
        bindAddress, https, http, limits, cors, forgeryProtection, longestWait);
  }

  /** The same with other limits. */
  public ApiServerConfig withLimits(Limits other) {
    return new ApiServerConfig(
        bindAddress, httpsPort, httpPort, other, cors, forgeryProtection, longestWait);
  }
}
