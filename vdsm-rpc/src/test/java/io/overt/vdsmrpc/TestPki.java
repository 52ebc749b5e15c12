package io.overt.vdsmrpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A throw-away CA and the certificates it signs, made by the JDK's own keytool as PEM files. */
final class TestPki {
  private static final String PASSWORD = "only-for-tests";
  private static final String STORE = "all.p12";
  private static final TestPki OURS = new TestPki("overt");

  private final Path directory;
  private final String organisation;

  private TestPki(String organisation) {
    try {
      this.organisation = organisation;
      directory = Files.createTempDirectory("overt-pki-");
      keyPair("ca", "CN=ca,O=" + organisation, "-ext", "bc:c");
      issue("engine", "SAN=dns:engine.test");
      issue("host", "SAN=dns:localhost,ip:127.0.0.1");
      writePem();
      deleteAtExit();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The CA that both ends trust. */
  static TestPki ours() {
    return OURS;
  }

  /** Another CA with certificates of the same names. */
  static TestPki foreign() {
    return new TestPki("stranger");
  }

  TlsMaterial engine() {
    return material("engine");
  }

  TlsMaterial host() {
    return material("host");
  }

  private TlsMaterial material(String name) {
    return new TlsMaterial(
        directory.resolve(name + ".pem"),
        directory.resolve(name + ".key"),
        directory.resolve("ca.pem"));
  }

  /** A certificate for {@code name}.test whose role is the name. */
  private void issue(String name, String alternativeNames) throws IOException {
    String subject = "CN=" + name + ".test,OU=" + name + ",O=" + organisation;
    keyPair(name, subject, "-signer", "ca", "-ext", alternativeNames);
  }

  private void keyPair(String alias, String subject, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                subject,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-validity",
                "2"));
    arguments.addAll(List.of(more));
    keytool(arguments);
  }

  private void writePem() throws IOException {
    try (InputStream in = Files.newInputStream(directory.resolve(STORE))) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      for (String name : List.of("ca", "engine", "host")) {
        pem(name + ".pem", "CERTIFICATE", keys.getCertificate(name).getEncoded());
        pem(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
      }
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void deleteAtExit() throws IOException {
    // In reverse order of this registration: the directory last.
    directory.toFile().deleteOnExit();
    try (var files = Files.list(directory)) {
      files.forEach(each -> each.toFile().deleteOnExit());
    }
  }

  private void pem(String file, String kind, byte[] encoded) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    Files.writeString(
        directory.resolve(file),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  private void keytool(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.add("-J-XX:TieredStopAtLevel=1");
    command.addAll(arguments);
    command.addAll(
        List.of(
            "-keystore", STORE, "-storetype", "PKCS12", "-storepass:env", "TEST_STORE_PASSWORD"));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("TEST_STORE_PASSWORD", PASSWORD);
    Path log = directory.resolve("keytool.log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "keytool " + arguments + ": " + Files.readString(log, StandardCharsets.UTF_8));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
