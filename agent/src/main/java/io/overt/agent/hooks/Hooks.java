package io.overt.agent.hooks;

import io.overt.agent.hooks.HookPoint.Document;
import io.overt.agent.hooks.HookPoint.Failure;
import io.overt.agent.hooks.HookPoint.Output;
import io.overt.vdsmrpc.Json;
import io.overt.vdsmrpc.Json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the scripts of a point, one after the other, over one document in a file that only the agent
 * may read. What a failure does and what becomes of the document is the point's. Thread-safe.
 */
public final class Hooks {

  private static final Logger log = LoggerFactory.getLogger(Hooks.class);

  private final HookSettings settings;
  private final HookScripts scripts;
  private final ScriptEnvironment environment;
  private final PythonModules modules;
  private final HookInventory inventory;
  private final HookRun.Observer observer;

  /**
   * @param observer hears of every script that ran
   */
  public Hooks(HookSettings settings, HookRun.Observer observer) {
    this.settings = settings;
    this.scripts = new HookScripts(settings.directories());
    this.environment = new ScriptEnvironment(settings, System.getenv());
    this.modules = new PythonModules(settings.support());
    this.inventory = new HookInventory(scripts);
    this.observer = observer;
  }

  /** Makes the directories where administrators drop scripts, as far as it may. */
  public void prepare() {
    HookDirectories.make(settings.prepared());
  }

  /** Whether the point has scripts. */
  public boolean any(HookPoint point) {
    return !scripts.of(point).isEmpty();
  }

  /** All scripts, by point and name, with their checksums. */
  public Map<String, Object> inventory() {
    return inventory.list();
  }

  /**
   * Runs an XML point.
   *
   * @param document asked for only when there are scripts
   * @return the edited document, if there were scripts and the point uses what they leave
   * @throws HookException when a script failed and the point raises that
   */
  public Optional<String> run(HookPoint point, HookContext context, Supplier<String> document) {
    return runToEnd(point, context, document).flatMap(result -> result.checked(point));
  }

  /** Runs an XML point whose document is empty. */
  public void run(HookPoint point, HookContext context) {
    run(point, context, () -> "");
  }

  /**
   * Runs an XML point and leaves it to the caller to ask what failed; empty when there are no
   * scripts.
   */
  public Optional<Result> runToEnd(
      HookPoint point, HookContext context, Supplier<String> document) {
    List<Path> chain = scripts.of(point);
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(run(point, chain, context, document.get()));
    } catch (HookException e) {
      throw e;
    } catch (RuntimeException e) {
      if (point.failure() == Failure.RAISED) {
        throw e;
      }
      log.warn("{} scripts did not run: {}", point.text(), e.toString());
      return Optional.empty();
    }
  }

  /**
   * Runs a JSON point.
   *
   * @param value an object or a list
   * @return what the scripts made of it, of the same kind; the value itself when there are none,
   *     the point does not use what they leave, or it is no such JSON
   * @throws HookException when a script failed and the point raises that
   */
  @SuppressWarnings("unchecked")
  public <T> T json(HookPoint point, HookContext context, T value) {
    List<Path> chain = scripts.of(point);
    if (chain.isEmpty()) {
      return value;
    }
    Result result = run(point, chain, context, Json.text(value));
    Optional<String> edited = result.checked(point);
    if (edited.isEmpty()) {
      return value;
    }
    Class<?> kind = value instanceof Map ? Map.class : List.class;
    String problem;
    try {
      Object parsed = Json.parse(edited.get());
      if (kind.isInstance(parsed)) {
        return (T) kind.cast(parsed);
      }
      problem = kind == Map.class ? "not an object" : "not a list";
    } catch (MalformedJsonException e) {
      problem = "no JSON: " + e.getMessage();
    }
    String message = "the scripts %s left %s".formatted(chain, problem);
    if (point.failure() == Failure.RAISED) {
      throw new HookException("Hook Error: " + point.text() + ": " + message);
    }
    log.warn("{}: {}; their result is not used", point.text(), message);
    return value;
  }

  /**
   * Runs a point's scripts to see what they would do; nobody but the caller hears of it, and no
   * failure is raised.
   */
  public Result preview(HookPoint point, HookContext context, String document) {
    return run(point, scripts.of(point), context, document, run -> {});
  }

  /**
   * What a chain left.
   *
   * @param document the file's last content
   * @param runs the scripts that ran
   */
  public record Result(String document, List<HookRun> runs) {

    List<HookRun> failures() {
      return runs.stream().filter(HookRun::failed).toList();
    }

    /** Empty when all went well; otherwise it names the scripts that did not. */
    public Optional<HookException> failure() {
      List<HookRun> failures = failures();
      return failures.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new HookException(
                  failures.stream()
                      .map(HookRun::failure)
                      .collect(Collectors.joining("; ", "Hook Error: ", ""))));
    }

    private Optional<String> checked(HookPoint point) {
      if (point.failure() == Failure.RAISED) {
        failure()
            .ifPresent(
                failure -> {
                  throw failure;
                });
      }
      return point.output() == Output.USED ? Optional.of(document) : Optional.empty();
    }
  }

  private Result run(HookPoint point, List<Path> chain, HookContext context, String document) {
    return run(
        point,
        chain,
        context,
        document,
        run -> {
          log(run);
          observer.ran(run);
        });
  }

  private Result run(
      HookPoint point,
      List<Path> chain,
      HookContext context,
      String document,
      HookRun.Observer heard) {
    Path file = null;
    try {
      file =
          Files.createTempFile(
              "overt-" + point.text() + "-", point.document() == Document.JSON ? ".json" : ".xml");
      Files.writeString(file, document);
      Map<String, String> variables = environment.of(point, context, file, modules.directory());
      List<HookRun> runs = run(point, chain, context, variables, heard);
      // A script's bytes may be anything; what is no UTF-8 will not parse later.
      return new Result(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), runs);
    } catch (IOException | UncheckedIOException e) {
      if (point.failure() == Failure.RAISED) {
        throw new HookException(
            "Hook Error: " + point.text() + ": the scripts cannot be run: " + e);
      }
      log.warn("{}: the scripts cannot be run: {}", point.text(), e.toString());
      return new Result(document, List.of());
    } finally {
      remove(file);
    }
  }

  private List<HookRun> run(
      HookPoint point,
      List<Path> chain,
      HookContext context,
      Map<String, String> variables,
      HookRun.Observer heard) {
    List<HookRun> runs = new ArrayList<>();
    for (Path script : chain) {
      long start = System.nanoTime();
      ScriptProcess.End end = ScriptProcess.run(script, variables, settings.deadline(point));
      HookRun run =
          new HookRun(
              point,
              script,
              context.vm(),
              end.exitCode(),
              end.overdue(),
              Duration.ofNanos(System.nanoTime() - start),
              end.errors());
      runs.add(run);
      heard.ran(run);
      if (run.stopsChain()) {
        break;
      }
    }
    return runs;
  }

  private static void log(HookRun run) {
    if (run.failed()) {
      log.warn("{}", run.failure());
    } else {
      log.info(
          "{} script {} ran {} ms{}",
          run.point().text(),
          run.script(),
          run.took().toMillis(),
          run.errors().isEmpty() ? "" : ": " + run.errors());
    }
  }

  private static void remove(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        log.warn("Cannot remove {}: {}", file, e.toString());
      }
    }
  }
}
