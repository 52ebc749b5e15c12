package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.agent.AgentSettings.InvalidSettingException;
import io.overt.vdsmrpc.TlsMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationCertificatesTest {

  @Test
  void qemuFindsTheAgentsCertificateUnderItsOwnNames(@TempDir Path directory) throws IOException {
    Path certificate = Files.writeString(directory.resolve("cert.pem"), "certificate");
    Path key = Files.writeString(directory.resolve("key.pem"), "key");
    Path authority = Files.writeString(directory.resolve("ca.pem"), "authority");
    TlsMaterial material = new TlsMaterial(certificate, key, authority);
    Path target = directory.resolve("qemu");

    MigrationCertificates.layOut(material, target);
    Files.writeString(key, "renewed");
    MigrationCertificates.layOut(material, target);

    try (Stream<Path> files = Files.list(target)) {
      assertThat(
              files
                  .map(file -> file.getFileName() + " " + permissions(file) + " " + content(file))
                  .sorted())
          .containsExactly(
              "ca-cert.pem rw-r--r-- authority",
              "client-cert.pem rw-r--r-- certificate",
              "client-key.pem rw------- renewed",
              "server-cert.pem rw-r--r-- certificate",
              "server-key.pem rw------- renewed");
    }
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theDirectoryIsOfNoUseToAnAgentWithoutACertificate() {
    assertThat(AgentSettings.standard().migrationCertificates()).isEmpty();
    assertThat(
            AgentSettings.read(List.of("--migration-certificates=/etc/pki/qemu"))
                .migrationCertificates())
        .contains(Path.of("/etc/pki/qemu"));
    assertThatThrownBy(
            () -> AgentSettings.read(List.of("--tls=false", "--migration-certificates=/etc/pki")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("'/etc/pki' but must be empty while 'tls' is false");
  }
}
