package io.overt.units;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The directory of units: its files, and whether they have changed. */
final class PluginDirectory {
  private static final int MOST_DIRECTORIES = 200;

  /** A file's state when it was last read. */
  private record Seen(long modified, long size, Object key, String hash) {}

  private final Path directory;
  private final Map<Path, Seen> seen = new ConcurrentHashMap<>();

  PluginDirectory(Path directory) {
    this.directory = directory;
  }

  /** The names of the files that may hold units, in order; none if there is no directory. */
  List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> file.getFileName().toString().endsWith(".py"))
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Differs when any of the files does; a file is read again only when its attributes changed. */
  String fingerprint(Collection<Path> files) {
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      text.append(file).append('=').append(hash(file)).append('\n');
    }
    return text.toString();
  }

  private String hash(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      Object key = now.fileKey() == null ? "" : now.fileKey();
      long modified = now.lastModifiedTime().to(TimeUnit.NANOSECONDS);
      Seen before = seen.get(file);
      if (before != null
          && before.modified == modified
          && before.size == now.size()
          && before.key.equals(key)) {
        return before.hash;
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String hash = HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
      seen.put(file, new Seen(modified, now.size(), key, hash));
      return hash;
    } catch (IOException e) {
      seen.remove(file);
      return "gone";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What has to be watched: the directory's tree and its parent, or the nearest that exists. */
  Set<Path> watched() {
    Set<Path> watched = new LinkedHashSet<>();
    Path existing = directory;
    while (existing != null && !Files.isDirectory(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      return watched;
    }
    watched.add(existing);
    if (!existing.equals(directory)) {
      return watched;
    }
    if (directory.getParent() != null) {
      watched.add(directory.getParent());
    }
    try (Stream<Path> tree = Files.walk(directory, 4)) {
      tree.filter(Files::isDirectory)
          .filter(path -> !path.getFileName().toString().equals("__pycache__"))
          .limit(MOST_DIRECTORIES)
          .forEach(watched::add);
    } catch (IOException | UncheckedIOException e) {
      // What can be seen is watched.
    }
    return watched;
  }
}
