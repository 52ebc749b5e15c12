package io.overt.access.pki;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** Everything that needs Bouncy Castle: making keys' certificates and checking requests. */
final class Signer {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MINIMUM_RSA_BITS = 2048;

  /** Clocks of hosts are not always right. */
  private static final Duration BACKDATED = Duration.ofDays(1);

  private Signer() {}

  /** What a new certificate says. */
  record Wanted(
      String commonName,
      Role role,
      List<String> names,
      boolean server,
      boolean client,
      Instant now,
      Duration life) {}

  static KeyPair newKey(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new PkiException("Cannot make an RSA key of " + bits + " bits", e);
    }
  }

  static X509Certificate authority(KeyPair key, String commonName, Instant now, Duration life) {
    X500Name name = subject(commonName, "ca");
    try {
      X509v3CertificateBuilder builder = builder(name, name, key.getPublic(), now, life);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()));
      return sign(builder, key.getPrivate());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new PkiException("Cannot make the certificate of the authority " + commonName, e);
    }
  }

  static X509Certificate leaf(
      X509Certificate authority, PrivateKey authorityKey, PublicKey key, Wanted wanted) {
    try {
      X500Name issuer = X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
      X500Name subject = subject(wanted.commonName(), wanted.role().organizationalUnit());
      X509v3CertificateBuilder builder = builder(issuer, subject, key, wanted.now(), wanted.life());
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
      builder.addExtension(Extension.extendedKeyUsage, false, purposes(wanted));
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          extensions.createAuthorityKeyIdentifier(authority.getPublicKey()));
      if (!wanted.names().isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName, false, alternativeNames(wanted.names()));
      }
      return sign(builder, authorityKey);
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new PkiException("Cannot make the certificate of " + wanted.commonName(), e);
    }
  }

  /** The public key of a PKCS#10 request whose signature is right; its names are ignored. */
  static PublicKey requestedKey(String requestPem) {
    try (PEMParser parser = new PEMParser(new StringReader(requestPem))) {
      if (!(parser.readObject() instanceof PKCS10CertificationRequest parsed)) {
        throw new PkiException("Not a PEM certificate request (BEGIN CERTIFICATE REQUEST)");
      }
      JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(parsed);
      PublicKey key = request.getPublicKey();
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw new PkiException("The certificate request is not signed by its own key");
      }
      if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < MINIMUM_RSA_BITS) {
        throw new PkiException(
            "The key of the certificate request has "
                + rsa.getModulus().bitLength()
                + " bits, at least "
                + MINIMUM_RSA_BITS
                + " are needed");
      }
      return key;
    } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
      throw new PkiException("Unreadable certificate request", e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Instant now, Duration life) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, RANDOM).setBit(126),
        Date.from(now.minus(BACKDATED)),
        Date.from(now.plus(life)),
        subject,
        key);
  }

  /** Built part by part, so that no name can smuggle in another part. */
  private static X500Name subject(String commonName, String organizationalUnit) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, "Overt")
        .addRDN(BCStyle.OU, organizationalUnit)
        .addRDN(BCStyle.CN, commonName)
        .build();
  }

  private static ExtendedKeyUsage purposes(Wanted wanted) {
    if (wanted.server() && wanted.client()) {
      return new ExtendedKeyUsage(
          new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
    }
    return new ExtendedKeyUsage(
        wanted.server() ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth);
  }

  private static GeneralNames alternativeNames(List<String> names) {
    return new GeneralNames(
        names.stream()
            .map(
                name ->
                    new GeneralName(
                        CertificateAuthority.isAddress(name)
                            ? GeneralName.iPAddress
                            : GeneralName.dNSName,
                        name))
            .toArray(GeneralName[]::new));
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(key)));
  }
}
