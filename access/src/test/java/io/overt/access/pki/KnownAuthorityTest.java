package io.overt.access.pki;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.access.login.Setup;
import io.overt.inventory.testing.TestDatabase;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownAuthorityTest {
  @Test
  void theFirstAuthorityOfADatabaseIsTheOnlyOne(@TempDir Path first, @TempDir Path second) {
    try (TestDatabase database = TestDatabase.create()) {
      Setup.migrate(database.database());
      Jdbi jdbi = database.database().jdbi();
      CertificateAuthority known = CertificateAuthority.open(first);
      KnownAuthority.check(jdbi, known.certificate(), first);
      KnownAuthority.check(
          jdbi, CertificateAuthority.open(first, second.resolve("own")).certificate(), first);
      CertificateAuthority stranger = CertificateAuthority.open(second);
      assertThatThrownBy(() -> KnownAuthority.check(jdbi, stranger.certificate(), second))
          .isInstanceOf(PkiException.class)
          .hasMessageContaining(second.toString())
          .hasMessageContaining(Certificates.fingerprint(known.certificate()))
          .hasMessageContaining("authority-directory");
    }
  }
}
