package io.overt.shell.command;

import io.overt.sdk.Reply;
import io.overt.sdk.document.Node;
import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import io.overt.shell.objects.Place;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code --wait[=5m]}: until the job that a request began has ended. */
final class Waiting {
  private static final Duration USUAL = Duration.ofMinutes(30);

  private final @Nullable Duration patience;

  private Waiting(@Nullable Duration patience) {
    this.patience = patience;
  }

  static Waiting of(Arguments arguments) {
    Optional<String> wait = arguments.optional("wait");
    if (wait.isEmpty() || wait.get().equals("false")) {
      return new Waiting(null);
    }
    String text = wait.get();
    return new Waiting(text.equals("true") ? USUAL : Durations.parse("wait", text));
  }

  /** Has to be called before the request. */
  void prepare(Context context) {
    if (patience != null) {
      context.session().lasting();
    }
  }

  /** Waits, if that is wanted. */
  void await(Context context, Reply reply, @Nullable String what) {
    Duration most = patience;
    if (most == null) {
      return;
    }
    Optional<String> job = reply.job();
    if (job.isEmpty()) {
      return;
    }
    try (ProgressView view = ProgressView.of(context)) {
      context
          .engine()
          .call(connection -> connection.job(job.get()).onProgress(view::show).join(most));
    } catch (IllegalStateException e) {
      throw new ShellFailure(Status.INTERNAL, "The job " + job.get() + " of " + what + ": " + e, e);
    }
  }

  /** The object as it is after the wait. */
  Node again(Context context, Place collection, Node made) {
    Optional<String> id = made.id();
    if (patience == null || id.isEmpty()) {
      return made;
    }
    Place place = collection.item(id.get());
    return context
        .engine()
        .get(place.path(), collection.type(), place.byDisk() ? Map.of("follow", "disk") : Map.of());
  }
}
