package io.overt.access.pki;

import java.security.cert.X509Certificate;

/**
 * A new certificate with the key that was made for it, for handing over to its owner.
 *
 * @param keyPem PKCS#8 PEM; secret, never log it
 */
public record Issued(X509Certificate certificate, String keyPem) {

  /** The certificate as PEM. */
  public String certificatePem() {
    return Certificates.pem(certificate);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Issued[" + certificate.getSubjectX500Principal().getName() + "]";
  }
}
