package io.overt.agent.vms;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Media in ISO 9660 with Joliet and Rock Ridge names, made by genisoimage in a directory that only
 * the agent may read.
 */
public final class IsoImages implements PayloadImages {

  private static final Logger log = LoggerFactory.getLogger(IsoImages.class);
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final long SECONDS = 30;

  private final Path directory;

  public IsoImages(Path directory) {
    this.directory = directory;
  }

  @Override
  public Path write(UUID vm, Payloads.Payload payload) {
    Path image = image(vm, payload.target());
    Path files = null;
    try {
      Files.createDirectories(directory, PRIVATE);
      files = Files.createTempDirectory(directory, "files", PRIVATE);
      for (Map.Entry<String, byte[]> file : payload.files().entrySet()) {
        Path path = files.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
      create(image);
      make(image, payload.label(), files);
      return image;
    } catch (IOException e) {
      throw new IllegalStateException("Cannot write the medium " + image + ": " + e, e);
    } finally {
      removeAll(files);
    }
  }

  private Path image(UUID vm, String target) {
    if (!target.matches("[A-Za-z0-9]+")) {
      throw new IllegalArgumentException(
          "the payload's drive is '%s' but must be a target such as sdy".formatted(target));
    }
    return directory.resolve(vm + "." + target + ".img");
  }

  private static void create(Path image) throws IOException {
    Files.deleteIfExists(image);
    Files.createFile(
        image, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  @Override
  public Path write(UUID vm, String target, byte[] bytes) {
    Path image = image(vm, target);
    try {
      Files.createDirectories(directory, PRIVATE);
      create(image);
      return Files.write(image, bytes);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot write the medium " + image + ": " + e, e);
    }
  }

  @Override
  public Optional<byte[]> read(UUID vm, String target) {
    Path image = image(vm, target);
    try {
      return Files.exists(image) ? Optional.of(Files.readAllBytes(image)) : Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read the medium " + image + ": " + e, e);
    }
  }

  private static void make(Path image, String label, Path files) throws IOException {
    List<String> command = new ArrayList<>(List.of("genisoimage", "-quiet", "-J", "-R"));
    if (!label.isEmpty()) {
      command.addAll(List.of("-V", label));
    }
    command.addAll(List.of("-o", image.toString(), files.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("genisoimage took longer than " + SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            "genisoimage failed: "
                + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a medium is made", e);
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public void remove(UUID vm) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var images = Files.newDirectoryStream(directory, vm + ".*.img")) {
      for (Path image : images) {
        Files.deleteIfExists(image);
      }
    } catch (IOException e) {
      log.warn("Cannot remove the media of {}: {}", vm, e.toString());
    }
  }

  private static void removeAll(@Nullable Path files) {
    if (files == null) {
      return;
    }
    try (var all = Files.walk(files)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      log.warn("Cannot remove {}: {}", files, e.toString());
    }
  }
}
