package io.overt.rest.http;

import java.time.Duration;

/**
 * Bounds that keep one client from hurting the others.
 *
 * @param bodyBytes largest request body; above: 413
 * @param headerBytes request line and headers together; above: 431
 * @param headerTime for the request line and headers to arrive; after: the connection is closed
 * @param bodyTime for the body to arrive; after: 408
 * @param idleTime without a byte in either direction; after: the connection is closed
 * @param connections open at once
 * @param requests being processed at once, streams included; above: 503
 * @param streams event streams open at once; above: 503
 */
public record Limits(
    int bodyBytes,
    int headerBytes,
    Duration headerTime,
    Duration bodyTime,
    Duration idleTime,
    int connections,
    int requests,
    int streams) {

  /** 10 MiB bodies, 8 KiB headers, 2,000 connections, 500 requests, 100 streams. */
  public static final Limits DEFAULT =
      new Limits(
          10 << 20,
          8 << 10,
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          2_000,
          500,
          100);
}
