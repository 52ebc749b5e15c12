package io.overt.rest;

import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.Html;
import io.overt.rest.http.HttpProblem;
import io.overt.rest.http.Limits;
import io.overt.rest.http.RequestPath;
import io.overt.rest.pages.Health;
import io.overt.rest.socket.SocketDoor;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each request to the endpoint of its path and sees to it that an answer leaves. */
final class FrontDoor extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

  private final List<Mount> mounts;
  private final Endpoint otherwise;
  private final Limits limits;
  private final Health health;
  private final Semaphore places;

  FrontDoor(List<Mount> mounts, Endpoint otherwise, Limits limits, Health health) {
    this.mounts =
        mounts.stream().sorted(Comparator.comparingInt(mount -> -mount.segments().size())).toList();
    this.otherwise = otherwise;
    this.limits = limits;
    this.health = health;
    this.places = new Semaphore(limits.requests());
  }

  /** Requests being processed. */
  int active() {
    return limits.requests() - places.availablePermits();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try {
      if (!places.tryAcquire()) {
        response.setStatus(503);
        response.getHeaders().put("Retry-After", "1");
      } else {
        try {
          if (serve(request, response, callback)) {
            return true;
          }
        } finally {
          places.release();
        }
      }
      callback.succeeded();
    } catch (Throwable e) {
      // nothing can be answered any more: the connection ends, so that nobody takes half for whole
      callback.failed(e);
    }
    return true;
  }

  /** Whether the connection became something else, which completes the callback. */
  private boolean serve(Request request, Response response, Callback callback) throws IOException {
    Exchange exchange;
    try {
      exchange = new Exchange(request, response, limits);
    } catch (HttpProblem e) {
      response.setStatus(e.status());
      return false;
    }
    exchange.setHeader("X-Content-Type-Options", "nosniff");
    try {
      Endpoint endpoint = endpoint(exchange.path());
      if (endpoint instanceof SocketDoor door && SocketDoor.wanted(exchange)) {
        return door.upgrade(exchange, request, response, callback);
      }
      endpoint.serve(exchange);
    } catch (HttpProblem e) {
      if (exchange.committed()) {
        throw e;
      }
      String detail = e.detail();
      if (detail == null) {
        exchange.answer(e.status());
      } else {
        exchange.answer(e.status(), Html.TYPE, Html.error(detail));
      }
    } catch (EofException e) {
      LOG.debug("the client left", e);
      throw e;
    } catch (RuntimeException e) {
      failed(exchange, e);
    } catch (Error e) {
      // not left to Jetty, which would log the query with whatever a client put there
      LOG.error("{} {} failed", exchange.method(), exchange.path().raw(), e);
      if (exchange.committed()) {
        throw e;
      }
      exchange.answer(500, Html.TYPE, Html.error("Internal error"));
    }
    return false;
  }

  private void failed(Exchange exchange, RuntimeException failure) throws IOException {
    String outage = health.outage(failure);
    if (outage == null) {
      LOG.error("{} {} failed", exchange.method(), exchange.path().raw(), failure);
    } else {
      LOG.warn("{} {}: {}", exchange.method(), exchange.path().raw(), failure.getMessage());
    }
    if (exchange.committed()) {
      throw failure;
    }
    if (outage == null) {
      exchange.answer(500, Html.TYPE, Html.error("Internal error"));
    } else {
      exchange.setHeader("Retry-After", "1");
      exchange.answer(503, Html.TYPE, Html.error(outage));
    }
  }

  private Endpoint endpoint(RequestPath path) {
    for (Mount mount : mounts) {
      boolean fits =
          mount.exact()
              ? path.segments().equals(mount.segments())
              : path.startsWith(mount.segments());
      if (fits) {
        return mount.endpoint();
      }
    }
    return otherwise;
  }
}
