package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.programs.Program;
import io.overt.agent.storage.DomainStore.VolumeLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs qemu-img. Interrupting the caller ends the program. */
final class QemuImg {

  private static final Duration QUICK = Duration.ofMinutes(2);
  private static final Duration COPY = Duration.ofHours(12);

  private QemuImg() {}

  static void create(Path file, VolumeLayout layout) {
    List<String> command = new ArrayList<>(List.of("create", "-q", "-f"));
    command.add(layout.format().qemuName());
    options(layout).ifPresent(option -> command.addAll(List.of("-o", option)));
    layout
        .backing()
        .ifPresent(
            backing ->
                // Relative to the image's directory: chains stay valid wherever it is mounted.
                command.addAll(
                    List.of("-b", backing.volume().toString(), "-F", backing.format().qemuName())));
    command.add(String.valueOf(file.getFileName()));
    command.add(Long.toString(layout.capacityBytes()));
    run(ErrorCode.VOLUME_CREATION, parent(file), COPY, command);
  }

  static void convert(Path from, VolumeFormat fromFormat, Path to, VolumeLayout layout) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "convert",
                "-q",
                "-t",
                "none",
                "-T",
                "none",
                "-f",
                fromFormat.qemuName(),
                "-O",
                layout.format().qemuName()));
    options(layout).ifPresent(option -> command.addAll(List.of("-o", option)));
    command.add(from.toString());
    command.add(to.toString());
    run(ErrorCode.VOLUME_COPY, parent(from), COPY, command);
  }

  static void resize(Path file, VolumeFormat format, long bytes) {
    run(
        ErrorCode.VOLUME_EXTENDING,
        parent(file),
        QUICK,
        List.of("resize", "-q", "-f", format.qemuName(), file.toString(), Long.toString(bytes)));
  }

  /** Also makes the base as large as the top. */
  static void commit(Path top, VolumeFormat format, Path base) {
    run(
        ErrorCode.MERGE_SNAPSHOTS,
        parent(top),
        COPY,
        List.of(
            "commit",
            "-q",
            "-d",
            "-t",
            "none",
            "-f",
            format.qemuName(),
            "-b",
            String.valueOf(base.getFileName()),
            top.toString()));
  }

  /** The bytes of the file, whatever they mean. */
  static void duplicate(Path from, Path to) {
    run(
        ErrorCode.VOLUME_COPY,
        parent(from),
        COPY,
        List.of(
            "convert",
            "-q",
            "-f",
            "raw",
            "-O",
            "raw",
            "-t",
            "none",
            "-T",
            "none",
            from.toString(),
            to.toString()));
  }

  /** The contents without the zeroes among them. */
  static void sparsify(
      Path from, Path to, VolumeFormat format, Optional<DomainStore.Backing> backing) {
    List<String> command = new ArrayList<>(List.of("convert", "-q", "-t", "none", "-T", "none"));
    command.addAll(List.of("-f", format.qemuName(), "-O", format.qemuName()));
    if (format == VolumeFormat.COW) {
      command.addAll(List.of("-o", "compat=1.1"));
    }
    backing.ifPresent(
        below ->
            command.addAll(
                List.of("-B", below.volume().toString(), "-F", below.format().qemuName())));
    command.add(from.toString());
    command.add(to.toString());
    run(ErrorCode.VOLUME_COPY, parent(from), COPY, command);
  }

  /** Changes the file's note alone: the contents are the same. */
  static void rebase(Path file, VolumeFormat format, DomainStore.Backing backing) {
    run(
        ErrorCode.MERGE_SNAPSHOTS,
        parent(file),
        QUICK,
        List.of(
            "rebase",
            "-q",
            "-u",
            "-f",
            format.qemuName(),
            "-F",
            backing.format().qemuName(),
            "-b",
            backing.volume().toString(),
            file.toString()));
  }

  private static Optional<String> options(VolumeLayout layout) {
    return switch (layout.format()) {
      case COW ->
          Optional.of(layout.preallocated() ? "compat=1.1,preallocation=falloc" : "compat=1.1");
      case RAW -> layout.preallocated() ? Optional.of("preallocation=falloc") : Optional.empty();
    };
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  private static void run(ErrorCode code, Path directory, Duration limit, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("qemu-img"));
    command.addAll(arguments);
    Program.run(code, directory, limit, command);
  }
}
