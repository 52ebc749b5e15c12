package io.overt.agent.vms;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A journal with one small properties file for each virtual machine. */
public final class DirectoryJournal implements Journal {

  private static final Logger log = LoggerFactory.getLogger(DirectoryJournal.class);

  private final Path directory;

  /** A machine's end is told by the one who ends it and by the hypervisor, at the same time. */
  private final ReentrantLock lock = new ReentrantLock();

  public DirectoryJournal(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create the journal " + directory, e);
    }
  }

  @Override
  public void launched(UUID vm, String name) {
    change(
        vm,
        before -> {
          Properties properties = new Properties();
          properties.setProperty("name", name);
          return Optional.of(properties);
        });
  }

  /** A machine that is not in the journal was not launched by an agent: nothing was promised. */
  @Override
  public void transit(UUID vm, String way) {
    change(
        vm,
        before -> {
          before.ifPresent(properties -> properties.setProperty("transit", way));
          return before;
        });
  }

  @Override
  public void ended(UUID vm, VmExit exit) {
    change(
        vm,
        before -> {
          Properties properties = before.orElseGet(Properties::new);
          properties.setProperty("exit-code", Integer.toString(exit.code()));
          properties.setProperty("exit-reason", Integer.toString(exit.reason().number()));
          properties.setProperty("exit-message", exit.message());
          return Optional.of(properties);
        });
  }

  /** Reads an entry and writes what becomes of it, one change at a time. */
  private void change(UUID vm, UnaryOperator<Optional<Properties>> change) {
    lock.lock();
    try {
      change.apply(read(file(vm))).ifPresent(properties -> write(vm, properties));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void forget(UUID vm) {
    lock.lock();
    try {
      Files.deleteIfExists(file(vm));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the journal entry of " + vm, e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Map<UUID, Entry> entries() {
    Map<UUID, Entry> entries = new LinkedHashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.vm")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        try {
          UUID id = UUID.fromString(name.substring(0, name.length() - ".vm".length()));
          read(file).ifPresent(properties -> entries.put(id, entry(properties)));
        } catch (IllegalArgumentException e) {
          log.warn("Ignoring {}: its name or content is not a journal entry's", file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the journal " + directory, e);
    }
    return entries;
  }

  private static Entry entry(Properties properties) {
    String code = properties.getProperty("exit-code");
    return new Entry(
        properties.getProperty("name", ""),
        code == null
            ? Optional.empty()
            : Optional.of(
                new VmExit(
                    Integer.parseInt(code),
                    VmExit.ExitReason.numbered(
                        Integer.parseInt(properties.getProperty("exit-reason", "1"))),
                    properties.getProperty("exit-message", ""))),
        properties.getProperty("transit", ""));
  }

  private Path file(UUID vm) {
    return directory.resolve(vm + ".vm");
  }

  private static Optional<Properties> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the journal entry " + file, e);
    }
    return Optional.of(properties);
  }

  private void write(UUID vm, Properties properties) {
    Path partial = directory.resolve(vm + ".part");
    try {
      try (Writer writer = Files.newBufferedWriter(partial, StandardCharsets.UTF_8)) {
        properties.store(writer, null);
      }
      Files.move(
          partial, file(vm), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the journal entry of " + vm, e);
    }
  }
}
