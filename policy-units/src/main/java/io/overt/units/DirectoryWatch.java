package io.overt.units;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls back when something in a directory may have changed: after a quiet moment, and now and then
 * in any case, for file systems that tell nothing.
 */
final class DirectoryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);
  private static final Duration QUIET = Duration.ofMillis(150);
  private static final Duration LONGEST_UNREST = Duration.ofSeconds(2);
  private static final Duration ROUND = Duration.ofSeconds(30);

  /** A directory is another one when its key is: it was replaced under the same name. */
  private record Watched(WatchKey key, @Nullable Object identity) {}

  private final PluginDirectory directory;
  private final Runnable changed;
  private final WatchService service;
  private final Map<Path, Watched> watched = new HashMap<>();

  DirectoryWatch(PluginDirectory directory, Runnable changed) throws IOException {
    this.directory = directory;
    this.changed = changed;
    service = FileSystems.getDefault().newWatchService();
    register();
    Thread.ofPlatform().daemon().name("unit-directory-watch").start(this::watch);
  }

  private void watch() {
    try {
      while (true) {
        WatchKey first = service.poll(ROUND.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          calmDown(first);
        }
        // Before looking, so that what changes while it is looked at is told as well.
        register();
        try {
          changed.run();
        } catch (RuntimeException e) {
          LOG.error("cannot look for scheduling units", e);
        }
      }
    } catch (ClosedWatchServiceException e) {
      // close() was called.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An editor writes, renames and removes: waits until nothing has happened for a moment. */
  private void calmDown(WatchKey first) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_UNREST.toNanos();
    WatchKey key = first;
    while (key != null) {
      key.pollEvents();
      key.reset();
      key = System.nanoTime() < end ? service.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS) : null;
    }
  }

  private void register() {
    Set<Path> wanted = directory.watched();
    watched
        .entrySet()
        .removeIf(
            each -> {
              boolean stays =
                  wanted.contains(each.getKey())
                      && each.getValue().key.isValid()
                      && Objects.equals(each.getValue().identity, identity(each.getKey()));
              if (!stays) {
                each.getValue().key.cancel();
              }
              return !stays;
            });
    for (Path path : wanted) {
      if (!watched.containsKey(path)) {
        try {
          Object identity = identity(path);
          WatchKey key =
              path.register(
                  service,
                  StandardWatchEventKinds.ENTRY_CREATE,
                  StandardWatchEventKinds.ENTRY_MODIFY,
                  StandardWatchEventKinds.ENTRY_DELETE);
          watched.put(path, new Watched(key, identity));
        } catch (IOException e) {
          LOG.debug("cannot watch {}: {}", path, e.toString());
        }
      }
    }
  }

  private static @Nullable Object identity(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      LOG.debug("closing the watch of the units", e);
    }
  }
}
