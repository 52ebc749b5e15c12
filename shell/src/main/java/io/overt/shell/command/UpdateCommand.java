package io.overt.shell.command;

import io.overt.sdk.Reply;
import io.overt.sdk.Request;
import io.overt.sdk.document.Node;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.ParameterType;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import io.overt.shell.objects.Place;

/** {@code update TYPE NAME}: changes what options or a document name, and nothing else. */
final class UpdateCommand implements Command {
  @Override
  public void run(Context context, Arguments arguments) {
    Output output = Output.of(context, arguments);
    Waiting waiting = Waiting.of(arguments);
    Place place = ShowCommand.place(context, arguments, "update");
    OperationType update =
        place
            .service()
            .operation("update")
            .orElseThrow(() -> ShellFailure.syntax("Such objects cannot be changed"));
    StructType type = update.body().flatMap(ParameterType::structType).orElse(place.type());
    Body body = Body.of(type, false);
    body.read(context, arguments);
    Request request = body.options(Request.of("PUT", place.path()), arguments, update);
    Node node = VnicProfiles.resolved(context, place.path(), body.node());
    if (node.values().isEmpty()) {
      throw ShellFailure.syntax("Nothing says what to change: use options such as --description");
    }
    request = Requests.headers(request.body(node), arguments);
    if (Requests.onlyShown(context, arguments, request)) {
      return;
    }
    waiting.prepare(context);
    Reply reply = context.engine().send(request);
    waiting.await(context, reply, null);
    if (reply.document() != null) {
      output.one(context, reply.node(), place.byDisk());
    }
  }
}
