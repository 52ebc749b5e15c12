package io.overt.units;

import io.overt.scheduling.external.ExternalUnit;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process that has one file of units loaded ({@code worker/frames.py} says how it is made). One
 * call at a time. What comes from it is bounded in size and time; if it breaks the rules, it is
 * ended.
 */
final class Worker implements AutoCloseable {
  /** Its program in files, each of which knows those before it; the last one runs. */
  private static final List<String> PARTS =
      List.of("frames", "isolation", "results", "loader", "monitor");

  /** Name and text of each part. */
  private static final List<byte[]> PROGRAM =
      PARTS.stream()
          .flatMap(part -> Stream.of(part.getBytes(StandardCharsets.UTF_8), source(part)))
          .toList();

  /**
   * Reads the program from the pipe, so that it is neither a file nor in every list of processes.
   */
  private static final String START =
      """
      import os
      def read(size):
          data = b""
          while len(data) < size:
              part = os.read(0, size - len(data))
              if not part:
                  os._exit(1)
              data += part
          return data
      def text():
          return read(int.from_bytes(read(4), "big"))
      parts = [(text().decode(), text()) for _ in range(%d)]
      for name, source in parts:
          exec(compile(source, "worker/" + name + ".py", "exec"))
      """
          .formatted(PARTS.size());

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_]{1,128}");
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** What a file is found to hold. */
  record Analysis(
      String error,
      List<FoundUnit> units,
      List<Path> files,
      String stderr,
      String user,
      List<String> missing) {}

  /** What the units of one call get: written once, and read by each. */
  static final class Arguments {
    private final byte[] json;
    private final Set<String> offered;

    /**
     * @param values the method's arguments
     */
    Arguments(List<?> values, List<String> offered) {
      json = Json.bytes(values);
      this.offered = Set.copyOf(offered);
    }
  }

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private final int answerBytes;
  private final ScheduledExecutorService clock;
  private final StringBuilder words = new StringBuilder();
  private volatile boolean usable = true;
  private volatile boolean retired;
  private @Nullable Analysis analysis;
  volatile long idleSince = System.nanoTime();

  private Worker(Process process, int answerBytes, ScheduledExecutorService clock) {
    this.process = process;
    this.answerBytes = answerBytes;
    this.clock = clock;
    requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
    answers = new DataInputStream(process.getInputStream());
    Thread.ofVirtual().name("unit-worker-words").start(this::listen);
  }

  private static byte[] source(String part) {
    try (InputStream in = Worker.class.getResourceAsStream("worker/" + part + ".py")) {
      if (in == null) {
        throw new IllegalStateException("worker/" + part + ".py is not in the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a process and lets it import a file of the directory. */
  static Worker start(
      UnitSettings settings, Path python, String file, ScheduledExecutorService clock)
      throws WorkerFailure {
    ProcessBuilder builder =
        new ProcessBuilder(python.toString(), "-I", "-X", "utf8", "-c", START, "overt-unit", file);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("HOME", "/tmp");
    environment.put("LANG", "C.UTF-8");
    List<String> path = settings.pythonPath().stream().map(Path::toString).toList();
    environment.put("PYTHONPATH", String.join(":", path));
    Worker worker;
    try {
      worker = new Worker(builder.start(), settings.limits().answerBytes(), clock);
    } catch (IOException e) {
      throw new WorkerFailure("cannot start " + python + ": " + e.getMessage());
    }
    try {
      worker.load(settings, file, path);
      return worker;
    } catch (WorkerFailure e) {
      worker.close();
      throw e;
    }
  }

  private void load(UnitSettings settings, String file, List<String> path) throws WorkerFailure {
    UnitSettings.Limits limits = settings.limits();
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("directory", settings.directory().toString());
    terms.put("file", file);
    terms.put("path", path);
    terms.put("user", settings.user());
    terms.put("hidden", settings.hidden().stream().map(Path::toString).toList());
    terms.put("namespaces", settings.namespaces());
    terms.put("memory_bytes", limits.memoryBytes());
    terms.put("file_bytes", limits.fileBytes());
    terms.put("answer_bytes", limits.answerBytes());
    Future<?> alarm = alarm(limits.load());
    try {
      for (byte[] text : PROGRAM) {
        write(text);
      }
      write(Json.bytes(terms));
      analysis = analysis(Json.parse(read()));
    } catch (IOException | InvalidPathException e) {
      throw new WorkerFailure(
          usable
              ? "ended while it was loaded" + said()
              : "took over " + limits.load().toSeconds() + " s to load");
    } finally {
      alarm.cancel(false);
    }
  }

  private Future<?> alarm(Duration delay) throws WorkerFailure {
    try {
      return clock.schedule(this::kill, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new WorkerFailure("units are no longer called");
    }
  }

  Analysis analysis() {
    if (analysis == null) {
      throw new IllegalStateException("not loaded");
    }
    return analysis;
  }

  /**
   * Calls a unit.
   *
   * @throws WorkerFailure if the process ended, or has to; it is not usable afterwards
   */
  Outcome call(String unit, FoundUnit.Method method, Arguments arguments, Duration deadline)
      throws WorkerFailure {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("name", unit);
    head.put("method", method.text);
    head.put("seconds", deadline.toNanos() / 1e9);
    byte[] first = Json.bytes(head);
    byte[] rest = arguments.json;
    byte[] request = new byte[first.length + 1 + rest.length];
    System.arraycopy(first, 0, request, 0, first.length);
    request[first.length] = '\n';
    System.arraycopy(rest, 0, request, first.length + 1, rest.length);
    Future<?> alarm = alarm(deadline.plus(GRACE));
    try {
      write(request);
      Object ended = Json.parse(read());
      byte[] concluded = read();
      return outcome(ended, concluded, method, arguments.offered, deadline);
    } catch (IOException e) {
      boolean late = !usable;
      close();
      if (late) {
        return new Outcome.TimedOut(deadline);
      }
      throw new WorkerFailure("its process ended" + said());
    } finally {
      alarm.cancel(false);
      idleSince = System.nanoTime();
    }
  }

  private static Outcome outcome(
      @Nullable Object ended,
      byte[] concluded,
      FoundUnit.Method method,
      Set<String> offered,
      Duration deadline)
      throws IOException {
    if (!(ended instanceof Map<?, ?> how)) {
      throw new IOException("no answer");
    }
    String status = Json.text(how, "status");
    String stderr = Json.text(how, "stderr");
    boolean balance = method == FoundUnit.Method.DO_BALANCE;
    if (status.equals("timeout")) {
      return new Outcome.TimedOut(deadline);
    }
    if (!balance && !stderr.isBlank()) {
      return new Outcome.Failed("wrote to stderr: " + last(stderr));
    }
    if (!balance && !status.equals("0")) {
      return new Outcome.Failed(
          status.startsWith("-")
              ? "was ended by signal " + status.substring(1)
              : "ended with exit code " + status);
    }
    Map<?, ?> conclusion =
        concluded.length > 0 && Json.parse(concluded) instanceof Map<?, ?> map ? map : Map.of();
    Object value = conclusion.get("value");
    if (value == null && !stderr.isBlank()) {
      return new Outcome.Failed("wrote to stderr: " + last(stderr));
    }
    if (!conclusion.containsKey("value")) {
      String problem = Json.text(conclusion, "problem");
      return new Outcome.Failed(
          problem.isEmpty() ? "left no result (exit code " + status + ")" : bounded(problem));
    }
    List<String> notes = new ArrayList<>();
    Json.texts(conclusion.get("notes")).stream().limit(3).map(Worker::bounded).forEach(notes::add);
    if (!stderr.isBlank()) {
      notes.add("wrote to stderr: " + last(stderr));
    }
    return Results.outcome(method, value, offered, notes);
  }

  private static Analysis analysis(@Nullable Object answer) throws IOException {
    if (!(answer instanceof Map<?, ?> found)) {
      throw new IOException("no analysis");
    }
    List<FoundUnit> units = new ArrayList<>();
    if (found.get("units") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> unit) {
          FoundUnit.Method.of(Json.text(unit, "method"))
              .filter(_ -> NAME.matcher(Json.text(unit, "name")).matches())
              .ifPresent(method -> units.add(unit(unit, method)));
        }
      }
    }
    return new Analysis(
        bounded(Json.text(found, "error")),
        List.copyOf(units),
        Json.texts(found.get("files")).stream().map(Path::of).toList(),
        Json.text(found, "stderr"),
        Json.text(found, "user"),
        Json.texts(found.get("missing")));
  }

  private static FoundUnit unit(Map<?, ?> unit, FoundUnit.Method method) {
    String properties = Json.text(unit, "properties");
    PropertiesValidation validation = PropertiesValidation.parse(properties);
    String problem = Json.text(unit, "problem");
    return new FoundUnit(
        new ExternalUnit(
            Json.text(unit, "name"),
            method.kind,
            start(Json.text(unit, "description")),
            validation.byName(),
            problem.isEmpty() ? validation.problem() : Optional.of(problem)),
        start(Json.text(unit, "raw")),
        properties,
        Boolean.TRUE.equals(unit.get("own")));
  }

  private void write(byte[] frame) throws IOException {
    requests.writeInt(frame.length);
    requests.write(frame);
    requests.flush();
  }

  private byte[] read() throws IOException {
    int length = answers.readInt();
    if (length < 0 || length > answerBytes + (1 << 20)) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] frame = new byte[length];
    answers.readFully(frame);
    return frame;
  }

  /** What the process says of itself, which is only why it could not start. */
  private void listen() {
    try (InputStream in = process.getErrorStream()) {
      byte[] part = new byte[1024];
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        synchronized (words) {
          words.append(new String(part, 0, count, StandardCharsets.UTF_8));
          words.delete(0, Math.max(0, words.length() - 2000));
        }
      }
    } catch (IOException e) {
      // It ended.
    }
  }

  private String said() {
    try {
      process.waitFor(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (words) {
      return words.isEmpty() ? "" : ": " + last(words.toString());
    }
  }

  static String last(String text) {
    return bounded(text.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b).strip());
  }

  private static String start(String text) {
    return text.length() <= 2000 ? text : text.substring(0, 2000);
  }

  private static String bounded(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= 300 ? line : line.substring(0, 297) + "...";
  }

  /** Whether it can take a further call. */
  boolean usable() {
    return usable && !retired && process.isAlive();
  }

  /** It is not used again after its next call. */
  void retire() {
    retired = true;
  }

  /** The alarm: whoever reads from the process sees its end. */
  private void kill() {
    close();
  }

  /** Its monitor ends all below it when the pipe is closed; if not, it is ended itself. */
  @Override
  public void close() {
    usable = false;
    Thread.ofVirtual().name("unit-worker-end").start(this::hangUp);
    Thread.ofVirtual().name("unit-worker-kill").start(this::insist);
  }

  private void hangUp() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended.
    }
  }

  private void insist() {
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
