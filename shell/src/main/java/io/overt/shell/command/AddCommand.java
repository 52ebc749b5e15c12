package io.overt.shell.command;

import io.overt.sdk.Reply;
import io.overt.sdk.Request;
import io.overt.sdk.document.Node;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.ParameterType;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import io.overt.shell.objects.Place;

/** {@code add TYPE}: a new object from options or a document. */
final class AddCommand implements Command {
  @Override
  public void run(Context context, Arguments arguments) {
    String type = arguments.word("The type of the new object, such as vm,");
    Output output = Output.of(context, arguments);
    Waiting waiting = Waiting.of(arguments);
    Place place = Commands.collection(context, type, Parents.take(context, arguments));
    OperationType add =
        place
            .service()
            .operation("add")
            .orElseThrow(() -> ShellFailure.syntax("A " + type + " cannot be added here"));
    StructType body =
        add.body()
            .flatMap(ParameterType::structType)
            .orElseThrow(() -> ShellFailure.syntax("A " + type + " cannot be added by the shell"));
    Request request = Request.of("POST", place.path());
    Body document = Body.of(body, place.byDisk());
    document.read(context, arguments);
    request = document.options(request, arguments, add);
    Node node = VnicProfiles.resolved(context, place.path(), document.node());
    if (node.values().isEmpty()) {
      throw ShellFailure.syntax(
          "Nothing says what the new %s is like: use options such as --name, or a document"
              .formatted(type));
    }
    request = Requests.headers(request.body(node), arguments);
    if (Requests.onlyShown(context, arguments, request)) {
      return;
    }
    waiting.prepare(context);
    Reply reply = context.engine().send(request);
    waiting.await(context, reply, null);
    Node made = reply.document();
    if (made != null && made.type().equals(place.type())) {
      output.one(context, waiting.again(context, place, made), place.byDisk());
    }
  }
}
