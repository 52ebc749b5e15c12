package io.overt.engine;

import io.overt.inventory.Database;
import io.overt.inventory.InventoryUnavailable;
import io.overt.rest.pages.Health;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients whether the database answers. Anybody may ask, so it is asked once a second at
 * most, with a connection of its own: one of the pool would have to be waited for.
 */
final class DatabaseHealth implements Health {
  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  private final Database database;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile boolean answered = true;
  private volatile long askedAt = System.nanoTime() - FRESH;

  DatabaseHealth(Database database) {
    this.database = database;
  }

  @Override
  public boolean databaseAnswers() {
    if (System.nanoTime() - askedAt >= FRESH && asking.compareAndSet(false, true)) {
      try {
        answered = database.answers();
        askedAt = System.nanoTime();
      } finally {
        asking.set(false);
      }
    }
    return answered;
  }

  @Override
  public @Nullable String outage(RuntimeException failure) {
    return InventoryUnavailable.in(failure).map(DatabaseHealth::sentence).orElse(null);
  }

  private static String sentence(InventoryUnavailable unavailable) {
    return unavailable.outcomeUnknown()
        ? "The database does not answer, and whether the change was made is not known: look before"
            + " you repeat it."
        : "The database does not answer at the moment; repeat the request later.";
  }
}
