package io.overt.rest.pages;

import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.Html;
import io.overt.rest.login.Gate;
import io.overt.rest.login.Identity;
import io.overt.rest.metrics.Metrics;
import java.io.IOException;
import java.net.InetAddress;

/** The small pages. */
public final class Pages {
  private static final String HEALTH_TYPE = "text/html;charset=ISO-8859-1";

  private Pages() {}

  /** For people who come with a browser. */
  public static Endpoint landing() {
    String page =
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Overt</title></head>
        <body><h1>Overt</h1><ul>
        <li><a href="/ovirt-engine/api">REST API</a></li>
        <li><a href="/ovirt-engine/apidoc">What the API can do</a></li>
        <li><a href="/ovirt-engine/services/pki-resource?resource=ca-certificate&amp;format=X509-PEM-CA">\
        CA certificate</a></li>
        <li><a href="/ovirt-engine/services/health">Health</a></li>
        </ul></body></html>
        """;
    return exchange -> exchange.answer(200, Html.TYPE, page);
  }

  /** For what is nowhere. */
  public static Endpoint notFound() {
    return exchange -> exchange.answer(404, Html.TYPE, Html.error("Not Found"));
  }

  /** {@code /ovirt-engine/services/health}, with oVirt's words. */
  public static Endpoint health(Health health) {
    return exchange -> {
      if (health.databaseAnswers()) {
        exchange.answer(200, HEALTH_TYPE, "DB Up!Welcome to Health Status!");
      } else {
        exchange.answer(503, HEALTH_TYPE, "Unable to contact Database!");
      }
    };
  }

  /** {@code /metrics}, for programs on this machine and for administrators. */
  public static Endpoint metrics(Metrics metrics, Gate gate) {
    return exchange -> {
      if (!local(exchange)) {
        Identity identity = gate.admit(exchange, "/metrics");
        if (identity == null) {
          return;
        }
        if (!identity.administrator()) {
          exchange.answer(403, Html.TYPE, Html.error("Metrics are for administrators"));
          return;
        }
      }
      exchange.answer(200, Metrics.CONTENT_TYPE, metrics.text());
    };
  }

  /** From this machine, and not on behalf of another by a proxy here. */
  private static boolean local(Exchange exchange) throws IOException {
    return InetAddress.getByName(exchange.remoteAddress()).isLoopbackAddress()
        && exchange.header("X-Forwarded-For") == null
        && exchange.header("Forwarded") == null;
  }
}
