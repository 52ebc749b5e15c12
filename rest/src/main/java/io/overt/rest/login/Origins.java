package io.overt.rest.login;

import io.overt.rest.http.Exchange;
import java.util.Set;

/**
 * Tells requests that pages of other origins made a browser send, which adds what it knows of this
 * server's users by itself (Fetch metadata; RFC 6454, section 7). Programs say nothing of origins.
 *
 * @param trusted origins whose pages may do as the own one, {@code https://portal.example.com};
 *     {@code *} for any
 */
public record Origins(Set<String> trusted) {
  /** This server's own pages alone. */
  public static final Origins OWN = new Origins(Set.of());

  public Origins {
    trusted = Set.copyOf(trusted);
  }

  /** Whether a page that is not trusted made this request. */
  public boolean foreign(Exchange exchange) {
    String origin = exchange.header("Origin");
    if (origin != null && (trusted.contains(origin) || trusted.contains("*"))) {
      return false;
    }
    String site = exchange.header("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    return origin != null && !origin.equalsIgnoreCase(exchange.origin());
  }
}
