package io.overt.agent.hooks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The modules that scripts import: {@code hooking}, and of the package {@code vdsm} what scripts
 * are known to use. They are written out when the first script runs.
 */
final class PythonModules {

  static final List<String> FILES =
      List.of(
          "hooking.py",
          "vdsm/__init__.py",
          "vdsm/config.py",
          "vdsm/constants.py",
          "vdsm/cpuinfo.py",
          "vdsm/osinfo.py",
          "vdsm/utils.py",
          "vdsm/common/__init__.py",
          "vdsm/common/cmdutils.py",
          "vdsm/common/config.py",
          "vdsm/common/constants.py",
          "vdsm/common/cpuarch.py",
          "vdsm/common/fileutils.py",
          "vdsm/common/hooks.py",
          "vdsm/common/units.py",
          "vdsm/hook/__init__.py",
          "vdsm/hook/hooking.py",
          "vdsm/network/__init__.py",
          "vdsm/network/link/__init__.py",
          "vdsm/network/link/bond.py",
          "vdsm/network/netconfpersistence.py");

  private final Path support;
  private @Nullable Path written;

  PythonModules(Path support) {
    this.support = support;
  }

  /** For {@code PYTHONPATH}. */
  synchronized Path directory() {
    Path directory = written;
    if (directory == null) {
      directory = support.resolve("python");
      for (String file : FILES) {
        write(file, directory.resolve(file));
      }
      written = directory;
    }
    return directory;
  }

  /** A script of the last agent may be reading the old file. */
  private static void write(String name, Path file) {
    try (InputStream resource = PythonModules.class.getResourceAsStream("python/" + name)) {
      if (resource == null) {
        throw new IllegalStateException("The agent was built without its Python module " + name);
      }
      byte[] text = resource.readAllBytes();
      if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), text)) {
        return;
      }
      Files.createDirectories(file.getParent());
      Path partial = Files.createTempFile(file.getParent(), name(file), ".part");
      Files.write(partial, text);
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the Python module " + file, e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
