package io.overt.access.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  @TempDir Path directory;

  @Test
  void opensTheSameAuthorityAgain() {
    X509Certificate first = CertificateAuthority.open(directory).certificate();
    assertThat(CertificateAuthority.open(directory).certificate()).isEqualTo(first);
    assertThat(first.getBasicConstraints()).isZero();
    assertThat(Certificates.fingerprint(first)).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
  }

  @Test
  void keysAreReadableByTheirOwnerOnly() throws Exception {
    KeyFiles files = CertificateAuthority.open(directory).server(List.of("localhost"));
    for (Path file : List.of(files.key(), directory.resolve("ca-key.pem"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void serverCertificateServesTlsByNameAndAddress() throws Exception {
    CertificateAuthority authority = CertificateAuthority.open(directory);
    KeyFiles files = authority.server(List.of("localhost", "127.0.0.1", "::1"));
    try (SSLServerSocket server =
        (SSLServerSocket)
            Tls.server(files)
                .getServerSocketFactory()
                .createServerSocket(0, 5, java.net.InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual()
          .start(
              () -> {
                while (!server.isClosed()) {
                  try (var socket = server.accept()) {
                    socket.getOutputStream().write('y');
                  } catch (java.io.IOException closed) {
                    return;
                  }
                }
              });
      for (String name : List.of("localhost", "127.0.0.1")) {
        try (SSLSocket client =
            (SSLSocket)
                Tls.client(List.of(authority.certificate()))
                    .getSocketFactory()
                    .createSocket(name, server.getLocalPort())) {
          SSLParameters parameters = client.getSSLParameters();
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          client.setSSLParameters(parameters);
          client.setSoTimeout(10_000);
          assertThat(client.getInputStream().read()).isEqualTo('y');
        }
      }
    }
  }

  @Test
  void serverCertificateIsKeptUntilNamesChangeOrTimeRunsOut() {
    CertificateAuthority authority = CertificateAuthority.open(directory);
    X509Certificate first = server(authority, "a.example.com", "192.0.2.1", "2001:db8::1");
    assertThat(server(authority, "192.0.2.1", "a.example.com")).isEqualTo(first);
    X509Certificate second = server(authority, "a.example.com", "b.example.com");
    assertThat(second).isNotEqualTo(first);
    Clock later = Clock.offset(Clock.system(ZoneOffset.UTC), Duration.ofDays(330));
    assertThat(Certificates.renewalDue(second, later.instant())).isTrue();
    assertThat(server(CertificateAuthority.open(directory, later), "b.example.com"))
        .isNotEqualTo(second);
  }

  @Test
  void keyThatDoesNotFitIsReplaced() throws Exception {
    CertificateAuthority authority = CertificateAuthority.open(directory);
    KeyFiles files = authority.client();
    X509Certificate first = Certificates.read(files.certificate());
    Files.copy(
        authority.server(List.of("localhost")).key(),
        files.key(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(Certificates.read(authority.client().certificate())).isNotEqualTo(first);
    Tls.server(authority.client());
  }

  @Test
  void rolesTellEngineAndHostApart() {
    CertificateAuthority authority = CertificateAuthority.open(directory);
    X509Certificate engine = Certificates.read(authority.client().certificate());
    Issued host = authority.issueHost(List.of("host1.example.com", "192.0.2.7"));
    assertThat(authority.accepts(engine, Role.ENGINE)).isTrue();
    assertThat(authority.accepts(engine, Role.HOST)).isFalse();
    assertThat(authority.accepts(host.certificate(), Role.HOST)).isTrue();
    assertThat(authority.accepts(host.certificate(), Role.ENGINE)).isFalse();
    assertThat(host.toString()).doesNotContain("PRIVATE");
    assertThat(host.keyPem()).startsWith("-----BEGIN PRIVATE KEY-----");
    X509Certificate foreign =
        CertificateAuthority.open(directory.resolve("other"))
            .issueHost(List.of("host1.example.com"))
            .certificate();
    assertThat(authority.accepts(foreign, Role.HOST)).isFalse();
  }

  @Test
  void requestGivesTheKeyAndNothingElse() throws Exception {
    CertificateAuthority authority = CertificateAuthority.open(directory);
    KeyPair key = Signer.newKey(2048);
    X509Certificate signed =
        authority.signHost(request(key, "CN=evil,OU=engine"), List.of("host2.example.com"));
    assertThat(signed.getPublicKey()).isEqualTo(key.getPublic());
    assertThat(signed.getSubjectX500Principal().getName())
        .isEqualTo("CN=host2.example.com,OU=host,O=Overt");
    assertThat(authority.accepts(signed, Role.ENGINE)).isFalse();
    assertThatThrownBy(
            () -> authority.signHost(request(Signer.newKey(1024), "CN=weak"), List.of("host3")))
        .hasMessageContaining("1024 bits");
    assertThatThrownBy(() -> authority.signHost("nonsense", List.of("host3")))
        .isInstanceOf(PkiException.class);
  }

  @Test
  void nameThatIsNoNameIsRefused() {
    CertificateAuthority authority = CertificateAuthority.open(directory);
    assertThatThrownBy(() -> authority.issueHost(List.of("x,OU=engine")))
        .hasMessageContaining("\"x,OU=engine\"");
    assertThatThrownBy(() -> authority.issueHost(List.of())).hasMessageContaining("at least one");
  }

  @Test
  void publicKeyReadsBackInOpenSsh() throws Exception {
    X509Certificate certificate = CertificateAuthority.open(directory).certificate();
    String line = Certificates.openSshPublicKey(certificate, "ovirt-engine");
    assertThat(line).startsWith("ssh-rsa AAAAB3NzaC1yc2E").endsWith(" ovirt-engine\n");
  }

  private static X509Certificate server(CertificateAuthority authority, String... names) {
    return Certificates.read(authority.server(List.of(names)).certificate());
  }

  private static String request(KeyPair key, String subject) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(
          new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), key.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate())));
    }
    return text.toString();
  }
}
