package io.overt.shell.command;

import io.overt.sdk.Reply;
import io.overt.sdk.Request;
import io.overt.sdk.schema.OperationType;
import io.overt.shell.ShellFailure;
import io.overt.shell.objects.Names;
import io.overt.shell.objects.Place;
import java.util.ArrayList;
import java.util.List;

/** {@code remove TYPE NAME}. */
final class RemoveCommand implements Command {
  @Override
  public void run(Context context, Arguments arguments) {
    Waiting waiting = Waiting.of(arguments);
    Place place = ShowCommand.place(context, arguments, "remove");
    OperationType remove =
        place
            .service()
            .operation("remove")
            .orElseThrow(() -> ShellFailure.syntax("Such objects cannot be removed"));
    Request request = Request.of("DELETE", place.path());
    List<Arguments.Option> left = new ArrayList<>(arguments.options());
    arguments.options().clear();
    boolean detach = false;
    for (Arguments.Option option : left) {
      if (Requests.isOwn(option.name())) {
        arguments.options().add(option);
      } else if (place.byDisk() && Names.same(option.name(), "detach")) {
        detach = !"false".equals(option.value());
      } else {
        request = Requests.parameter(request, remove, option, null, "remove");
      }
    }
    if (place.byDisk()) {
      // What version 3 called the disk of a machine went with its data, unless it was to be kept.
      request = request.query("detach_only", detach);
    }
    request = Requests.headers(request, arguments);
    if (Requests.onlyShown(context, arguments, request)) {
      return;
    }
    waiting.prepare(context);
    Reply reply = context.engine().send(request);
    waiting.await(context, reply, null);
  }
}
