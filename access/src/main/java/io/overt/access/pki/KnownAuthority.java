package io.overt.access.pki;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.jdbi.v3.core.Jdbi;

/**
 * The authority of an installation, as its database remembers it: an engine with another one could
 * not talk to the hosts, and would give out certificates that nobody trusts.
 */
public final class KnownAuthority {
  private static final String REMEMBER =
      """
      insert into known_authority (fingerprint) values (?) on conflict do nothing
      """;
  private static final String RECALL =
      """
      select fingerprint from known_authority
      """;

  private KnownAuthority() {}

  /**
   * Remembers the first authority, and refuses any other.
   *
   * @param directory where the authority was found, for the message
   * @throws PkiException when the database knows another one
   */
  public static void check(Jdbi database, X509Certificate authority, Path directory) {
    String own = Certificates.fingerprint(authority);
    String known =
        database.inTransaction(
            handle -> {
              handle.execute(REMEMBER, own);
              return handle.createQuery(RECALL).mapTo(String.class).one();
            });
    if (!known.equals(own)) {
      throw new PkiException(
          "The authority in "
              + directory
              + " has the fingerprint "
              + own
              + ", but the engines of this database have "
              + known
              + ": give this engine their ca.pem and ca-key.pem (authority-directory)");
    }
  }
}
