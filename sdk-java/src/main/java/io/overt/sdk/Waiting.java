package io.overt.sdk;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks at an object, when an event mentions it and from time to time, until it is as wanted. */
record Waiting<T extends Struct>(
    Connection connection, String path, Supplier<T> look, Optional<Job> job) {

  T forStatus(EnumValue status, Duration patience) {
    return until(
        status.wire(),
        object -> status.wire().equals(object.node().text("status").orElse("")),
        Waiting::seen,
        patience);
  }

  static String seen(Struct object) {
    boolean known = object.node().type().find("status").isPresent();
    return known ? object.node().text("status").orElse("no status") : "something else";
  }

  T until(
      String what,
      Predicate<? super T> wanted,
      Function<? super T, String> describe,
      Duration patience) {
    Exchange exchange = connection.exchange("GET", path);
    long end = System.nanoTime() + patience.toNanos();
    String id = path.substring(path.lastIndexOf('/') + 1);
    try (Changes.Watch news =
        connection.changes().watch(id, job.flatMap(Job::correlationId).orElse(id))) {
      while (true) {
        // Asked first: a job that has failed by now explains what is seen after it.
        boolean failed = job.isPresent() && job.get().failed();
        T object = look.get();
        if (wanted.test(object)) {
          return object;
        }
        if (failed) {
          throw job.orElseThrow().failure(job.orElseThrow().progress());
        }
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (left.isNegative()) {
          throw new WaitTimeout(exchange, what, describe.apply(object), patience);
        }
        news.await(left, exchange);
      }
    }
  }
}
