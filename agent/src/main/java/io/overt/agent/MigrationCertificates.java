package io.overt.agent;

import io.overt.vdsmrpc.TlsMaterial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The host's certificate where QEMU looks for it when a guest's memory is to be encrypted on its
 * way ({@code migrate_tls_x509_cert_dir} of libvirt's {@code qemu.conf}). Each file is replaced
 * whole; QEMU reads them with every move.
 */
final class MigrationCertificates {

  private MigrationCertificates() {}

  /**
   * Lays them out. The keys are for the owner of the directory alone, who is to be the user that
   * QEMU runs as.
   */
  static void layOut(TlsMaterial material, Path directory) {
    Map<String, Path> files =
        Map.of(
            "ca-cert.pem", material.authority(),
            "server-cert.pem", material.certificate(),
            "server-key.pem", material.key(),
            "client-cert.pem", material.certificate(),
            "client-key.pem", material.key());
    try {
      Files.createDirectories(directory);
      for (Map.Entry<String, Path> file : files.entrySet()) {
        replace(file.getValue(), directory.resolve(file.getKey()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot lay out the certificates for migrations in " + directory, e);
    }
  }

  private static void replace(Path source, Path target) throws IOException {
    boolean secret = target.getFileName().toString().endsWith("-key.pem");
    Path made = Files.createTempFile(target.getParent(), ".", ".new");
    try {
      PosixFileAttributes owner =
          Files.readAttributes(target.getParent(), PosixFileAttributes.class);
      PosixFileAttributeView view = Files.getFileAttributeView(made, PosixFileAttributeView.class);
      view.setPermissions(PosixFilePermissions.fromString(secret ? "rw-------" : "rw-r--r--"));
      Files.write(made, Files.readAllBytes(source));
      view.setOwner(owner.owner());
      view.setGroup(owner.group());
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(made);
    }
  }
}
