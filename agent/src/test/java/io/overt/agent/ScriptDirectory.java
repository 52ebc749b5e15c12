package io.overt.agent;

import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hooks.HookSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Scripts for tests, some of which record what they saw. */
public final class ScriptDirectory {

  private static final String RECORDER =
      """
      #!/bin/sh
      began=$(date +%%s%%N)
      record=$(mktemp -d %1$s/partial/XXXXXX)
      env > "$record/environment"
      cat "${_hook_domxml:-$_hook_json}" > "$record/document"
      stat -c '%%a' "${_hook_domxml:-$_hook_json}" > "$record/mode"
      pwd > "$record/directory"
      echo "$0" > "$record/script"
      mv "$record" %1$s/records/$began
      %2$s
      """;

  private final Path directory;

  public ScriptDirectory(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory.resolve("partial"));
      Files.createDirectories(directory.resolve("records"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path() {
    return directory;
  }

  public HookSettings settings() {
    return new HookSettings(
        List.of(directory),
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        List.of(),
        directory.resolve("support"));
  }

  /** Removes all scripts; what runs goes on. */
  public void clear() {
    remove(path -> !path.startsWith("records") && !path.startsWith("partial"));
  }

  /** Removes what is recorded, when nothing runs. */
  public void forget() {
    remove(path -> path.startsWith("records"));
  }

  private void remove(Predicate<Path> which) {
    try (var all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Path relative = directory.relativize(path);
        if (relative.getNameCount() > 1
            && !relative.startsWith("support")
            && which.test(relative)) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Installs a script. */
  public Path install(HookPoint point, String name, String text) {
    return install(point.text(), name, text);
  }

  public Path install(String point, String name, String text) {
    try {
      Path script = Files.createDirectories(directory.resolve(point)).resolve(name);
      Files.writeString(script, text);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Installs one that records what it sees and then does this, as a shell. */
  public Path record(HookPoint point, String name, String then) {
    return install(point, name, RECORDER.formatted(directory, then));
  }

  public Path record(HookPoint point) {
    return record(point, "50_record", "");
  }

  /** What the recording scripts saw, in the order in which they began. */
  public List<Record> records() {
    try (var all = Files.list(directory.resolve("records"))) {
      return all.sorted().map(Record::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Record> records(HookPoint point) {
    return records().stream().filter(record -> record.point().equals(point.text())).toList();
  }

  /** The points whose recording scripts ran, in order. */
  public List<String> points() {
    return records().stream().map(Record::point).toList();
  }

  /** One run of a recording script. */
  public record Record(Path path) {

    private String read(String file) {
      try {
        return Files.readString(path.resolve(file)).strip();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public String point() {
      return Path.of(read("script")).getParent().getFileName().toString();
    }

    public String document() {
      return read("document");
    }

    public String mode() {
      return read("mode");
    }

    public List<String> environment() {
      return read("environment").lines().toList();
    }

    public String variable(String name) {
      return environment().stream()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1))
          .collect(Collectors.joining());
    }
  }
}
