package io.overt.rest.api;

import io.overt.model.ApiFault;
import io.overt.model.NotImplemented;
import io.overt.model.OperationType;
import io.overt.model.Outcome;
import io.overt.model.types.Action;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.MediaRange;
import io.overt.rest.route.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The other representation of an object that has a connection file: what its action would put into
 * an action document, as the file itself. The VM portal of oVirt opens consoles with it.
 */
final class ConnectionFile {
  private static final String SUBTYPE = "x-virt-viewer";
  private static final String TYPE = "application/" + SUBTYPE;
  private static final String ACTION = "remote_viewer_connection_file";

  private final Invoker invoker;

  ConnectionFile(Invoker invoker) {
    this.invoker = invoker;
  }

  static boolean isWanted(Exchange exchange, Target target, OperationType operation) {
    return operation.name().equals("get")
        && target.service().operation(ACTION) != null
        && exchange.headers("Accept").stream()
            .map(MediaRange::parseAll)
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .anyMatch(
                range -> range.type().equals("application") && range.subtype().equals(SUBTYPE));
  }

  void answer(ApiRequest request, Target target) throws IOException {
    OperationType operation = Objects.requireNonNull(target.service().operation(ACTION));
    RestCall call =
        new RestCall(
            operation,
            new Action(),
            Parameters.of(request.exchange()),
            target.steps(),
            request.context());
    try {
      String file =
          invoker.invoke(target, call) instanceof Outcome<?> outcome
                  && outcome.entity() instanceof Action action
              ? action.remoteViewerConnectionFile()
              : null;
      if (file == null) {
        throw ApiFault.notFound();
      }
      request.exchange().answer(200, TYPE, file.getBytes(StandardCharsets.UTF_8));
    } catch (ApiFault e) {
      Faults.answer(request, e, operation, null);
    } catch (NotImplemented e) {
      Faults.answer(request, 501, "Operation Failed", e.getMessage(), null);
    }
  }
}
