package io.overt.vdsmrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private final TlsMaterial good = TestPki.ours().host();
  @TempDir Path directory;

  @Test
  void readsVdsmsLayout() throws IOException {
    for (String each : new String[] {"certs", "keys"}) {
      Files.createDirectory(directory.resolve(each));
    }
    Files.copy(good.certificate(), directory.resolve("certs/vdsmcert.pem"));
    Files.copy(good.authority(), directory.resolve("certs/cacert.pem"));
    Files.copy(good.key(), directory.resolve("keys/vdsmkey.pem"));

    assertThat(Tls.context(TlsMaterial.vdsm(directory)).getProtocol()).isEqualTo("TLS");
  }

  @Test
  void namesTheFileThatIsWrong() throws IOException {
    Path key = Files.writeString(directory.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\n");
    Path broken =
        Files.writeString(
            directory.resolve("broken.key"),
            "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
    Path empty = Files.writeString(directory.resolve("empty.pem"), "");

    assertThatThrownBy(
            () -> Tls.context(new TlsMaterial(good.certificate(), key, good.authority())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("old.key")
        .hasMessageContaining("openssl pkcs8");
    assertThatThrownBy(
            () -> Tls.context(new TlsMaterial(good.certificate(), broken, good.authority())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("broken.key")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Tls.context(new TlsMaterial(empty, good.key(), good.authority())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty.pem");
    assertThatThrownBy(
            () ->
                Tls.context(
                    new TlsMaterial(good.certificate(), good.key(), directory.resolve("x"))))
        .isInstanceOf(IllegalArgumentException.class)
        .rootCause()
        .hasMessageContaining("x");
  }
}
