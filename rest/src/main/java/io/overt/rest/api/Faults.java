package io.overt.rest.api;

import io.overt.codec.BodyFault;
import io.overt.model.ApiFault;
import io.overt.model.OperationType;
import io.overt.model.types.Action;
import io.overt.model.types.Fault;
import io.overt.rest.document.Decoration;
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
   * @param action whether an action began: its fault stands inside an action document
   */
  static void answer(
      ApiRequest request, ApiFault fault, @Nullable OperationType operation, boolean action)
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
    boolean begun = action && fault.category() != ApiFault.Category.NOT_FOUND && begun(fault);
    answer(request, status, fault.reason(), detail, begun);
  }

  /** Whether the action itself failed: what is wrong with its request is a plain fault. */
  private static boolean begun(ApiFault fault) {
    return !fault.reason().equals("Input validation failed.")
        && !fault.reason().equals("Incomplete parameters");
  }

  /** Any refusal. */
  static void answer(
      ApiRequest request, int status, String reason, @Nullable String detail, boolean action)
      throws IOException {
    Exchange exchange = request.exchange();
    Fault fault = new Fault().reason(reason).detail(detail);
    var format = ApiRequest.formOrXml(exchange);
    try (OutputStream output = exchange.stream(status, format.contentType())) {
      if (action) {
        Action failed = new Action().fault(fault).status("failed");
        request
            .dialect()
            .write(failed, format, Decoration.ofEntity("", null, failed, null), output);
      } else {
        request.dialect().write(fault, format, Decoration.ofEntity("", null, fault, null), output);
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
