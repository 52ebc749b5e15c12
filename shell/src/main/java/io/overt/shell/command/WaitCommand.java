package io.overt.shell.command;

import io.overt.sdk.Subscription;
import io.overt.sdk.document.Node;
import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import io.overt.shell.objects.Documents;
import io.overt.shell.objects.Place;
import io.overt.shell.output.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** {@code wait TYPE NAME --for status=up}: until a member has one of some values. */
final class WaitCommand implements Command {
  private static final Duration LOOK = Duration.ofSeconds(1);

  @Override
  public void run(Context context, Arguments arguments) {
    String wanted =
        arguments
            .value("for")
            .orElseThrow(
                () ->
                    ShellFailure.syntax(
                        "--for is missing, such as --for status=up or --for removed"));
    Duration patience = Durations.parse("timeout", arguments.value("timeout").orElse("5m"));
    context.session().lasting();
    Place place;
    try {
      place = ShowCommand.place(context, arguments, "wait");
    } catch (ShellFailure e) {
      if (e.status() == Status.NOT_FOUND && isGone(wanted)) {
        return;
      }
      throw e;
    }
    arguments.end();
    int equals = wanted.indexOf('=');
    if (equals < 1 && !isGone(wanted)) {
      throw ShellFailure.syntax("--for is '" + wanted + "', expected attribute=value or removed");
    }
    await(context, place, wanted, patience);
  }

  private static boolean isGone(String wanted) {
    return wanted.equals("removed") || wanted.equals("deleted");
  }

  private static void await(Context context, Place place, String wanted, Duration patience) {
    int equals = wanted.indexOf('=');
    String path = equals < 0 ? "" : wanted.substring(0, equals).replace('-', '.');
    List<String> values =
        equals < 0 ? List.of() : List.of(wanted.substring(equals + 1).split("[,|]"));
    long end = System.nanoTime() + patience.toNanos();
    Semaphore news = new Semaphore(0);
    String last = "";
    try (Subscription _ =
        context.engine().call(connection -> connection.events().subscribe(_ -> news.release()))) {
      while (true) {
        String now = look(context, place, path);
        if (path.isEmpty() ? now.equals("removed") : values.contains(now)) {
          return;
        }
        if (!now.equals(last)) {
          context.say(place.path() + ": " + (path.isEmpty() ? "" : path + " ") + now);
          last = now;
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
          throw new ShellFailure(
              Status.WAIT_TIMEOUT,
              "Not %s within %d s; last seen: %s".formatted(wanted, patience.toSeconds(), now));
        }
        if (news.tryAcquire(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS)) {
          news.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShellFailure(Status.INTERRUPTED, "Interrupted", e);
    }
  }

  private static String look(Context context, Place place, String path) {
    try {
      Node node = context.engine().get(place.path(), place.type(), Map.of());
      Object value = Trees.at(Documents.tree(node, place.byDisk()), path);
      return path.isEmpty() ? "present" : Trees.text(value);
    } catch (ShellFailure e) {
      if (path.isEmpty() && e.status() == Status.NOT_FOUND) {
        return "removed";
      }
      throw e;
    }
  }
}
