package io.overt.engine.webadmin;

import io.overt.rest.http.Exchange;

/** Response headers that keep the page and its plugins safe in a browser. */
final class PageHeaders {
  /**
   * No script but files of this server. Styles may be inline, as plugins copy their own into the
   * page; frames may show anything, as tabs of plugins do.
   */
  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'self'",
          "script-src 'self'",
          "style-src 'self' 'unsafe-inline'",
          "img-src 'self' data: blob:",
          "font-src 'self' data:",
          "connect-src 'self' wss: ws:",
          "frame-src *",
          "frame-ancestors 'self'",
          "object-src 'none'",
          "base-uri 'none'",
          "form-action 'self'");

  private PageHeaders() {}

  /** For every answer, as oVirt has them. */
  static void common(Exchange exchange) {
    exchange.setHeader("X-Frame-Options", "SAMEORIGIN");
    exchange.setHeader("X-XSS-Protection", "1; mode=block");
  }

  static void page(Exchange exchange) {
    exchange.setHeader("Content-Security-Policy", POLICY);
  }

  /** Plugins do as they like; over TLS what they load without it is asked for with it. */
  static void plugin(Exchange exchange) {
    if (exchange.secure()) {
      exchange.setHeader("Content-Security-Policy", "upgrade-insecure-requests");
    }
    exchange.setHeader("Cache-Control", "no-cache");
  }

  /**
   * As {@link #plugin}, but pages have an origin of their own that is nobody else's: they reach
   * neither the page around them nor what the browser keeps for it. Their modules and fonts then
   * are of another origin to them.
   */
  static void isolatedPlugin(Exchange exchange) {
    plugin(exchange);
    exchange.setHeader(
        "Content-Security-Policy",
        "sandbox allow-scripts allow-forms allow-modals allow-popups allow-downloads"
            + (exchange.secure() ? "; upgrade-insecure-requests" : ""));
    exchange.setHeader("Access-Control-Allow-Origin", "*");
  }
}
