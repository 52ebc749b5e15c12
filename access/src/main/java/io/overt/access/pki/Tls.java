package io.overt.access.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS contexts from PEM files, with the JDK alone. */
public final class Tls {
  private Tls() {}

  /** What an HTTPS server shows; clients need no certificate. */
  public static SSLContext server(KeyFiles files) {
    try {
      char[] inMemoryOnly = new char[0];
      KeyStore store = emptyStore();
      store.setKeyEntry(
          "server",
          PemFiles.readKey(files.key()),
          inMemoryOnly,
          new Certificate[] {
            Certificates.read(files.certificate()), Certificates.read(files.authority())
          });
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, inMemoryOnly);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new PkiException("No TLS context from " + files, e);
    }
  }

  /** What a client needs that trusts these authorities and nobody else. */
  public static SSLContext client(Collection<X509Certificate> authorities) {
    try {
      KeyStore store = emptyStore();
      for (X509Certificate authority : authorities) {
        store.setCertificateEntry("authority-" + store.size(), authority);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new PkiException("No TLS context from " + authorities.size() + " authorities", e);
    }
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    // It never leaves the memory: the rounds of encryption of a PKCS12 store would only cost time.
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    return store;
  }
}
