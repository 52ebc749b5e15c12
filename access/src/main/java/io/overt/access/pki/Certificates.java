package io.overt.access.pki;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/** Reading, rendering and judging certificates; needs nothing but the JDK. */
public final class Certificates {
  private static final Base64.Encoder PEM_BODY =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Certificates() {}

  /** The first certificate of a PEM file. */
  public static X509Certificate read(Path file) {
    try {
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new PkiException("Cannot read the certificate " + file, e);
    } catch (PkiException e) {
      throw new PkiException("Not a PEM certificate: " + file, e);
    }
  }

  /** The first certificate of a PEM text. */
  public static X509Certificate parse(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (GeneralSecurityException e) {
      throw new PkiException("Not a PEM certificate", e);
    }
  }

  /** X509-PEM: the certificate between BEGIN and END lines, with a line feed at the end. */
  public static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new PkiException("Cannot encode a certificate", e);
    }
  }

  static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + PEM_BODY.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** SHA-256 of the encoded certificate, upper-case hexadecimal octets joined by colons. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new PkiException("Cannot compute a fingerprint", e);
    }
  }

  /**
   * OPENSSH-PUBKEY: the certificate's public key as a line of {@code authorized_keys} (RFC 4253,
   * section 6.6).
   *
   * @param comment what follows the key, usually an alias
   */
  public static String openSshPublicKey(X509Certificate certificate, String comment) {
    if (!(certificate.getPublicKey() instanceof RSAPublicKey key)) {
      throw new PkiException(
          "Only RSA keys can be rendered for OpenSSH, not "
              + certificate.getPublicKey().getAlgorithm());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream output = new DataOutputStream(bytes)) {
      for (byte[] part :
          new byte[][] {
            "ssh-rsa".getBytes(StandardCharsets.US_ASCII),
            key.getPublicExponent().toByteArray(),
            key.getModulus().toByteArray()
          }) {
        output.writeInt(part.length);
        output.write(part);
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    String line = "ssh-rsa " + Base64.getEncoder().encodeToString(bytes.toByteArray());
    return comment.isEmpty() ? line + "\n" : line + " " + comment + "\n";
  }

  /** Whether less than a fifth of the certificate's life remains. */
  public static boolean renewalDue(X509Certificate certificate, Instant now) {
    Instant end = certificate.getNotAfter().toInstant();
    Duration life = Duration.between(certificate.getNotBefore().toInstant(), end);
    return now.isAfter(end.minus(life.dividedBy(5)));
  }

  /** Whether the subject carries this role. */
  public static boolean hasRole(X509Certificate certificate, Role role) {
    try {
      return new javax.naming.ldap.LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .anyMatch(
                  part ->
                      part.getType().equalsIgnoreCase("OU")
                          && role.organizationalUnit().equals(part.getValue()));
    } catch (javax.naming.InvalidNameException e) {
      throw new PkiException("Unreadable subject " + certificate.getSubjectX500Principal(), e);
    }
  }
}
