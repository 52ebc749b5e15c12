package io.overt.shell.command;

import io.overt.sdk.Request;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.ParameterType;
import io.overt.sdk.schema.StructType;
import io.overt.shell.objects.Attributes;
import io.overt.shell.objects.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What requests have in common. */
final class Requests {
  private Requests() {}

  /** Options that any request has, in the engine's or ovirt-shell's words. */
  static boolean isOwn(String option) {
    return switch (Names.plain(option)) {
      case "expect", "correlationid", "dryrun" -> true;
      default -> false;
    };
  }

  /** The request with a parameter that the operation has. */
  static Request parameter(
      Request request,
      OperationType operation,
      Arguments.Option option,
      @Nullable StructType body,
      String what) {
    List<String> known = new ArrayList<>();
    for (ParameterType each : operation.options()) {
      // What version 3 took as an object, such as --host-name, is a name or an id today.
      boolean reference =
          Names.same(each.name() + "-name", option.name())
              || Names.same(each.name() + "-id", option.name());
      if (reference || Names.same(each.name(), option.name())) {
        String value = option.value();
        return request.query(each.name(), value == null ? "true" : value);
      }
      known.add(each.name());
    }
    if (body != null) {
      known.addAll(Attributes.names(body));
    }
    String first = option.name();
    throw Context.unknownOption(first, what, Names.hint(first, known));
  }

  /**
   * Takes the headers that options name, and shows the request instead of sending it when that is
   * wanted.
   */
  static boolean onlyShown(Context context, Arguments arguments, Request request) {
    boolean dry = arguments.flag("dry-run", "dry_run") || context.session().dryRun();
    if (dry) {
      StringBuilder line = new StringBuilder(request.toString());
      request
          .query()
          .forEach(
              (name, value) ->
                  line.append(line.indexOf("?") < 0 ? '?' : '&')
                      .append(name)
                      .append('=')
                      .append(value));
      context.out().println(line);
      Optional.ofNullable(request.body()).ifPresent(context.out()::println);
    }
    return dry;
  }

  /** With the headers that {@code --expect} and {@code --correlation_id} name. */
  static Request headers(Request request, Arguments arguments) {
    Request full = request;
    Optional<String> expect = arguments.value("expect");
    if (expect.isPresent()) {
      full = full.header("Expect", expect.get());
    }
    Optional<String> correlation =
        arguments.value("correlation_id", "correlation-id", "correlationid");
    return correlation.isPresent() ? full.correlationId(correlation.get()) : full;
  }
}
