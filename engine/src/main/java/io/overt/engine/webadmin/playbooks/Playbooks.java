package io.overt.engine.webadmin.playbooks;

import io.overt.engine.resource.Platform;
import io.overt.events.About;
import io.overt.vdsmrpc.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs playbooks beside the engine, each in a process of its own that ends with the engine. What
 * they are given, the caller's token among it, goes through a file that only the engine's user can
 * read; what they print is kept in another for a month.
 */
public final class Playbooks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Playbooks.class);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
  private static final String ENDING = ".yml";
  private static final String VARIABLES = ".json";
  private static final String OUTPUT = ".log";
  private static final int MOST = 8;
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final FileAttribute<Set<PosixFilePermission>> FOR_US =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> FOR_US_TO_ENTER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Platform platform;
  private final PlaybookSite site;
  private final Set<Run> runs = ConcurrentHashMap.newKeySet();

  public Playbooks(Platform platform, PlaybookSite site) {
    this.platform = platform;
    this.site = site;
    // what a killed engine left behind
    remove(VARIABLES, Duration.ZERO);
  }

  /** Begins a run; how it goes on is told by events. */
  public void start(PlaybookRequest request) {
    Path playbook = find(request.playbook());
    if (runs.size() >= MOST) {
      throw new PlaybookRefused(
          PlaybookRefused.Reason.ENGINE,
          "%d playbooks run already; expected fewer than %d".formatted(runs.size(), MOST));
    }
    Run run = begin(request, playbook);
    runs.add(run);
    run.follow();
  }

  /** The file of that name; never one elsewhere. */
  private Path find(String name) {
    if (!NAME.matcher(name).matches()) {
      throw wrong(name, "letters, digits, '_', '.' and '-', without a path");
    }
    Path playbook = site.directory().resolve(name + ENDING);
    if (!Files.isRegularFile(playbook)) {
      throw wrong(name, "one of " + names() + " in " + site.directory());
    }
    return playbook;
  }

  private static PlaybookRefused wrong(String name, String expected) {
    return new PlaybookRefused(
        PlaybookRefused.Reason.REQUEST,
        "playbook: '%s' was found; expected %s".formatted(name, expected));
  }

  private List<String> names() {
    if (!Files.isDirectory(site.directory())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(site.directory())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(ENDING))
          .map(file -> file.substring(0, file.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Run begin(PlaybookRequest request, Path playbook) {
    remove(OUTPUT, KEPT);
    Path variables = null;
    Path output = null;
    try {
      Files.createDirectories(site.runs(), FOR_US_TO_ENTER);
      output = Files.createTempFile(site.runs(), request.playbook() + "-", OUTPUT, FOR_US);
      variables = Files.createTempFile(site.runs(), request.playbook() + "-", VARIABLES, FOR_US);
      Files.writeString(variables, Json.text(variables(request)));
      ProcessBuilder builder =
          new ProcessBuilder(
                  site.program(), "--extra-vars", "@" + variables, String.valueOf(playbook))
              .directory(site.directory().toFile())
              .redirectErrorStream(true)
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile());
      builder.environment().put("ANSIBLE_NOCOLOR", "1");
      builder.environment().put("OVIRT_CAFILE", String.valueOf(site.authority()));
      return new Run(request, builder.start(), variables, output, platform.clock().instant());
    } catch (IOException e) {
      delete(variables);
      delete(output);
      throw new PlaybookRefused(
          PlaybookRefused.Reason.ENGINE,
          "ansible-playbook: '%s' cannot be run (%s); expected a program in PATH, or that the setting names one"
              .formatted(site.program(), e.getMessage()));
    }
  }

  /** What the engine adds wins: nobody sends a playbook's token elsewhere. */
  private Map<String, @Nullable Object> variables(PlaybookRequest request) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(request.variables());
    all.put("engine_url", site.api());
    all.put("engine_token", request.token());
    all.put("engine_insecure", false);
    all.put("engine_cafile", String.valueOf(site.authority()));
    return all;
  }

  private void remove(String ending, Duration age) {
    if (!Files.isDirectory(site.runs())) {
      return;
    }
    Instant limit = platform.clock().instant().minus(age);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(site.runs(), "*" + ending)) {
      for (Path file : files) {
        if (!Files.getLastModifiedTime(file).toInstant().isAfter(limit)) {
          delete(file);
        }
      }
    } catch (IOException e) {
      LOG.warn("cannot tidy {}: {}", site.runs(), e.getMessage());
    }
  }

  private static void delete(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + file, e);
      }
    }
  }

  @Override
  public void close() {
    runs.forEach(Run::kill);
    runs.forEach(Run::await);
  }

  /** One process. */
  private final class Run {
    private final PlaybookRequest request;
    private final Process process;
    private final Path variables;
    private final Path output;
    private final Instant began;
    private final Thread follower = Thread.ofVirtual().name("playbook").unstarted(this::watch);
    private volatile boolean killed;

    Run(PlaybookRequest request, Process process, Path variables, Path output, Instant began) {
      this.request = request;
      this.process = process;
      this.variables = variables;
      this.output = output;
      this.began = began;
    }

    void follow() {
      follower.start();
    }

    private void watch() {
      report("PLAYBOOK_STARTED", about());
      try {
        boolean ended = process.waitFor(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          destroy();
          process.waitFor();
        }
        delete(variables);
        long seconds = Duration.between(began, platform.clock().instant()).toSeconds();
        if (ended && !killed && process.exitValue() == 0) {
          report("PLAYBOOK_FINISHED", about().with("Duration", seconds));
        } else {
          report("PLAYBOOK_FAILED", about().with("Errors", errors(ended)).with("File", output));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        runs.remove(this);
      }
    }

    private String errors(boolean ended) {
      if (killed) {
        return "ended with the engine";
      }
      return ended
          ? "ended with exit code " + process.exitValue()
          : "not done within " + request.timeout().toMinutes() + " min";
    }

    private About about() {
      return About.nothing()
          .by(request.caller().userId(), request.caller().principalName())
          .correlated(request.correlation())
          .with("Playbook", request.playbook());
    }

    private void report(String type, About about) {
      try {
        platform
            .inventory()
            .change(transaction -> platform.events().append(transaction, type, about));
      } catch (RuntimeException e) {
        LOG.warn("{} of {} was not written: {}", type, request.playbook(), e.getMessage());
      }
    }

    void kill() {
      killed = true;
      destroy();
    }

    private void destroy() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    void await() {
      try {
        follower.join(LAST_WORDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
