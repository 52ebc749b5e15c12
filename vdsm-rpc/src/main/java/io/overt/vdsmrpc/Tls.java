package io.overt.vdsmrpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS contexts from PEM files, and the rules both ends put on their sockets: TLS 1.2 and 1.3. */
public final class Tls {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private Tls() {}

  /**
   * A context that shows this certificate and trusts only this CA, the same for both ends.
   *
   * @throws IllegalArgumentException when a file cannot be read or is not what it should be; the
   *     message names the file
   */
  public static SSLContext context(TlsMaterial material) {
    try {
      List<Certificate> chain = certificates(material.certificate());
      char[] inMemoryOnly = new char[0];
      KeyStore keys = emptyStore();
      keys.setKeyEntry(
          "own",
          key(material.key(), chain.getFirst()),
          inMemoryOnly,
          chain.toArray(Certificate[]::new));
      KeyManagerFactory keyManagers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(keys, inMemoryOnly);

      KeyStore authorities = emptyStore();
      for (Certificate authority : certificates(material.authority())) {
        authorities.setCertificateEntry("authority-" + authorities.size(), authority);
      }
      TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
      trustManagers.init(authorities);

      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalArgumentException("No TLS context from " + material, failure);
    }
  }

  /** A layer that demands a certificate from the client. */
  static SSLSocket serverSide(SSLContext context, Socket raw) throws IOException {
    SSLSocket socket = layer(context, raw, raw.getInetAddress().getHostAddress());
    socket.setUseClientMode(false);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setNeedClientAuth(true);
    socket.setSSLParameters(parameters);
    return socket;
  }

  /**
   * A layer that, given a name, demands it in the server's certificate (RFC 2818: subject
   * alternative name, DNS or IP).
   */
  static SSLSocket clientSide(
      SSLContext context, Socket raw, String host, @Nullable String expectedName)
      throws IOException {
    SSLSocket socket = layer(context, raw, expectedName == null ? host : expectedName);
    socket.setUseClientMode(true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    if (expectedName != null) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static SSLSocket layer(SSLContext context, Socket raw, String peerName)
      throws IOException {
    return (SSLSocket) context.getSocketFactory().createSocket(raw, peerName, raw.getPort(), true);
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    // It never leaves the memory: the rounds of encryption of a PKCS12 store would only cost time.
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(Path file) throws IOException {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
      if (found.isEmpty()) {
        throw new IllegalArgumentException("No PEM certificate in " + file);
      }
      return new ArrayList<>(found);
    } catch (GeneralSecurityException failure) {
      throw new IllegalArgumentException("Not a PEM certificate: " + file, failure);
    }
  }

  private static PrivateKey key(Path file, Certificate owner) throws IOException {
    Matcher pem = PKCS8.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IllegalArgumentException(
          "No PKCS#8 key (BEGIN PRIVATE KEY) in "
              + file
              + "; convert it with: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW_KEY");
    }
    String algorithm = owner.getPublicKey().getAlgorithm();
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException failure) {
      // Without the cause: it may quote what it could not decode.
      throw new IllegalArgumentException(
          "The key in " + file + " is not the " + algorithm + " key that its certificate needs");
    }
  }
}
