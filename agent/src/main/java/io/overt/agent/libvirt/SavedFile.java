package io.overt.agent.libvirt;

import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** A guest's memory in libvirt's format, which begins with another word until it is complete. */
final class SavedFile {

  private static final byte[] COMPLETE = "LibvirtQemudSave".getBytes(StandardCharsets.US_ASCII);

  private SavedFile() {}

  static boolean complete(Path file) {
    try (InputStream data = Files.newInputStream(file)) {
      return Arrays.equals(data.readNBytes(COMPLETE.length), COMPLETE);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new HypervisorException(Kind.FAILED, "Cannot read " + file + ": " + e, e);
    }
  }
}
