package io.overt.rest.api;

import io.overt.codec.BodyFault;
import io.overt.model.ApiFault;
import io.overt.model.OperationType;
import io.overt.model.types.Action;
import io.overt.model.types.Fault;
import io.overt.rest.document.Decoration;
import io.overt.rest.document.View;
import io.overt.rest.http.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Answers refusals as documents. */
final class Faults {
  private Faults() {}

  /**
   * A fault of an operation.
   *
   * @param action what the caller sent, if an action began: its fault stands inside of that
   */
  static void answer(
      ApiRequest request,
      ApiFault fault,
      @Nullable OperationType operation,
      @Nullable Action action)
      throws IOException {
    int status = fault.category().status();
    String detail = fault.detail();
    if (fault.category() == ApiFault.Category.NOT_FOUND && detail == null) {
      request.exchange().answer(404);
      return;
    }
    if (BodyFault.isSyntax(fault) && operation != null) {
      String usage = usage(request, operation);
      detail = detail == null ? usage : detail + " " + usage;
    }
    answer(request, status, fault.reason(), detail, begun(fault) ? action : null);
  }

  /** Whether the action itself failed: what is wrong with its request is a plain fault. */
  private static boolean begun(ApiFault fault) {
    return fault.category() != ApiFault.Category.NOT_FOUND
        && !fault.isAlone()
        && !fault.reason().equals("Input validation failed.")
        && !fault.reason().equals("Incomplete parameters");
  }

  /** Any refusal; that of an action stands inside of what the caller sent. */
  static void answer(
      ApiRequest request,
      int status,
      String reason,
      @Nullable String detail,
      @Nullable Action action)
      throws IOException {
    Exchange exchange = request.exchange();
    Fault fault = new Fault().reason(reason).detail(detail);
    View view = request.dialect().view();
    var format = ApiRequest.formOrXml(exchange);
    try (OutputStream output = exchange.stream(status, format.contentType())) {
      if (action != null) {
        Action failed = action.fault(fault).status("failed");
        Decoration decoration =
            Decoration.ofEntity(view, request.info().base(), null, failed, null);
        request.dialect().write(failed, format, decoration, output);
      } else {
        request
            .dialect()
            .write(fault, format, Decoration.ofEntity(view, "", null, fault, null), output);
      }
    }
  }

  /** Where the operation is described: the last sentence of faults about malformed bodies. */
  private static String usage(ApiRequest request, OperationType operation) {
    String method = operation.name().equals("list") ? "get" : operation.name();
    return "For correct usage, see: "
        + request.info().origin()
        + "/ovirt-engine/apidoc#services/"
        + operation.service()
        + "/methods/"
        + method;
  }
}
