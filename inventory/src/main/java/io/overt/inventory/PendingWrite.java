package io.overt.inventory;

import java.util.concurrent.CompletableFuture;

/**
 * A write that waits for its commit.
 *
 * @param committed its position, or why it failed
 * @param deadline {@link System#nanoTime} after which it is given up
 */
record PendingWrite(Transaction transaction, CompletableFuture<Long> committed, long deadline) {
  boolean expired() {
    return System.nanoTime() - deadline >= 0;
  }
}
