package io.overt.vdsmrpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a request body to its response body. Every member of a batch runs on its own; the batch is
 * answered when the last has ended, a batch with a single answer by the bare object, as VDSM does.
 */
final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private final VerbHandler handler;
  private final VerbThreads threads;
  private final int maxBodyBytes;

  Calls(VerbHandler handler, VerbThreads threads, RpcLimits limits) {
    this.handler = handler;
    this.threads = threads;
    this.maxBodyBytes = limits.maxBodyBytes();
  }

  /**
   * Starts what a body asks for; returns at once.
   *
   * @param answer receives the response body, on any thread, unless nothing is to be answered
   */
  void start(byte[] body, RpcPeer peer, Optional<String> correlationId, Consumer<byte[]> answer) {
    Object value;
    try {
      value = Json.parse(body);
    } catch (Json.MalformedJsonException malformed) {
      answer.accept(
          Json.print(
              Envelope.error(
                  null, RpcException.PARSE_ERROR, String.valueOf(malformed.getMessage()))));
      return;
    }
    List<Request> requests = new ArrayList<>();
    if (value instanceof List<?> batch && !batch.isEmpty()) {
      batch.forEach(each -> requests.add(Request.of(each)));
    } else {
      requests.add(Request.of(value));
    }
    var answers = new Answers(requests.size(), answer);
    for (int i = 0; i < requests.size(); i++) {
      int place = i;
      start(requests.get(i), peer, correlationId, response -> answers.put(place, response));
    }
  }

  private void start(
      Request request,
      RpcPeer peer,
      Optional<String> correlationId,
      Consumer<byte @Nullable []> answer) {
    switch (request) {
      case Request.Invalid(String problem, Object id) ->
          answer.accept(Json.print(Envelope.error(id, RpcException.INVALID_REQUEST, problem)));
      case Request.Call(
              String method,
              Map<String, Object> params,
              List<Object> list,
              Object id) -> {
        var call = new RpcCall(method, params, list, correlationId, peer);
        if (!threads.start("verb-" + method, () -> answer.accept(run(call, id)))) {
          answer.accept(
              Json.print(
                  Envelope.error(
                      id,
                      RpcException.INTERNAL_ERROR,
                      "Too many calls: " + threads.most() + " run or wait; try again later")));
        }
      }
      case Request.Notification(String method, Map<String, Object> params, List<Object> list) -> {
        var call = new RpcCall(method, params, list, correlationId, peer);
        if (!threads.start("verb-" + method, () -> run(call, ""))) {
          LOG.warn("Dropped notification {} of {}: too many calls", method, peer.address());
        }
        answer.accept(null);
      }
    }
  }

  private byte[] run(RpcCall call, Object id) {
    try {
      byte[] response = Json.print(Envelope.result(id, handler.call(call)));
      if (response.length > maxBodyBytes) {
        // A peer with the same limit would close the connection on it, and ask again.
        throw new RpcException(
            RpcException.INTERNAL_ERROR,
            "The result of %s has %d bytes, more than %d"
                .formatted(call.method(), response.length, maxBodyBytes));
      }
      return response;
    } catch (RpcException error) {
      LOG.debug("{} of {} answered {}", call.method(), call.peer().address(), error.code(), error);
      return Json.print(Envelope.error(id, error.code(), String.valueOf(error.getMessage())));
    } catch (RuntimeException | Error fault) {
      LOG.error("{} of {} failed", call.method(), call.peer().address(), fault);
      // The text of an unforeseen exception may carry what the peer must not see.
      return Json.print(
          Envelope.error(
              id,
              RpcException.INTERNAL_ERROR,
              "Internal error: " + fault.getClass().getSimpleName() + ", see the agent's log"));
    }
  }

  /** Collects the answers of one body. */
  private static final class Answers {
    private final AtomicReferenceArray<byte @Nullable []> responses;
    private final AtomicInteger missing;
    private final Consumer<byte[]> whole;

    Answers(int size, Consumer<byte[]> whole) {
      this.responses = new AtomicReferenceArray<>(size);
      this.missing = new AtomicInteger(size);
      this.whole = whole;
    }

    void put(int place, byte @Nullable [] response) {
      responses.set(place, response);
      if (missing.decrementAndGet() == 0) {
        List<byte[]> present = new ArrayList<>();
        for (int i = 0; i < responses.length(); i++) {
          byte[] each = responses.get(i);
          if (each != null) {
            present.add(each);
          }
        }
        if (present.size() == 1) {
          whole.accept(present.getFirst());
        } else if (!present.isEmpty()) {
          whole.accept(array(present));
        }
      }
    }

    private static byte[] array(List<byte[]> items) {
      var bytes = new java.io.ByteArrayOutputStream();
      for (int i = 0; i < items.size(); i++) {
        bytes.write(i == 0 ? '[' : ',');
        bytes.writeBytes(items.get(i));
      }
      bytes.write(']');
      return bytes.toByteArray();
    }
  }
}
