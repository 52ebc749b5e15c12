package io.overt.access.pki;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The certificate authority of one installation, kept as PEM files in a directory.
 *
 * <p>Keys are RSA: the oldest clients (libgovirt, SDKs on Java 8) know it everywhere. The engine's
 * own certificates are made at first use and renewed in time by {@link #server} and {@link
 * #client}, which are called at start and daily; as long as they are good, nothing is signed.
 */
public final class CertificateAuthority {
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);

  /** Browsers refuse server certificates that live longer than 398 days. */
  private static final Duration SERVER_LIFE = Duration.ofDays(397);

  private static final Duration PEER_LIFE = Duration.ofDays(5 * 365);
  private static final int AUTHORITY_BITS = 3072;
  private static final int LEAF_BITS = 2048;
  private static final int LONGEST_COMMON_NAME = 64;
  private static final Pattern DNS_NAME =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?");

  private final Path directory;
  private final Path own;
  private final Clock clock;
  private final X509Certificate certificate;

  private CertificateAuthority(Path directory, Path own, Clock clock, X509Certificate certificate) {
    this.directory = directory;
    this.own = own;
    this.clock = clock;
    this.certificate = certificate;
  }

  /** Opens the authority of a directory; the first time makes its key and certificate. */
  public static CertificateAuthority open(Path directory) {
    return open(directory, Clock.systemUTC());
  }

  /** As {@link #open(Path)}, by this clock. */
  public static CertificateAuthority open(Path directory, Clock clock) {
    return open(directory, directory, clock);
  }

  /**
   * The authority of an installation of several nodes.
   *
   * @param directory with the authority's certificate and key, the same ones on every node
   * @param own where this node keeps the certificates and keys that it has from the authority
   */
  public static CertificateAuthority open(Path directory, Path own) {
    return open(directory, own, Clock.systemUTC());
  }

  private static CertificateAuthority open(Path directory, Path own, Clock clock) {
    try {
      Files.createDirectories(own);
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new PkiException("Cannot create the directory " + directory, e);
    }
    Path file = directory.resolve("ca.pem");
    if (!Files.exists(file)) {
      // The certificate comes last: without it nobody knows the key, and both may be made again.
      KeyPair key = Signer.newKey(AUTHORITY_BITS);
      PemFiles.write(directory.resolve("ca-key.pem"), pem(key.getPrivate()));
      X509Certificate made = Signer.authority(key, "Overt CA", clock.instant(), AUTHORITY_LIFE);
      PemFiles.write(file, Certificates.pem(made));
    }
    return new CertificateAuthority(directory, own, clock, Certificates.read(file));
  }

  /** The authority's own certificate, {@code ca.crt} to clients. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Where the authority's certificate lies. */
  public Path certificateFile() {
    return directory.resolve("ca.pem");
  }

  /**
   * The engine's HTTPS certificate, made anew when it is missing, due for renewal, from another
   * authority, or silent about one of these names.
   *
   * @param names host names and addresses that clients use, the first one is the common name
   */
  public KeyFiles server(List<String> names) {
    checkNames(names);
    return ensure(
        "engine",
        new Signer.Wanted(
            commonName(names.getFirst()),
            Role.ENGINE,
            List.copyOf(new LinkedHashSet<>(names)),
            true,
            false,
            clock.instant(),
            SERVER_LIFE));
  }

  /** The certificate that the engine shows to hosts, made or renewed when need be. */
  public KeyFiles client() {
    return ensure(
        "engine-client",
        new Signer.Wanted(
            "engine", Role.ENGINE, List.of(), false, true, clock.instant(), PEER_LIFE));
  }

  /** A key and certificate for a host, good for both ends of a connection. */
  public Issued issueHost(List<String> names) {
    checkNames(names);
    KeyPair key = Signer.newKey(LEAF_BITS);
    return new Issued(sign(key.getPublic(), host(names)), pem(key.getPrivate()));
  }

  /**
   * A certificate for the key of a host's PKCS#10 request. The names come from the caller, never
   * from the request.
   */
  public X509Certificate signHost(String requestPem, List<String> names) {
    checkNames(names);
    return sign(Signer.requestedKey(requestPem), host(names));
  }

  /** Whether this certificate came from here, is in force, and has this role. */
  public boolean accepts(X509Certificate candidate, Role role) {
    try {
      candidate.verify(certificate.getPublicKey());
      candidate.checkValidity(Date.from(clock.instant()));
      return Certificates.hasRole(candidate, role);
    } catch (GeneralSecurityException refused) {
      return false;
    }
  }

  private Signer.Wanted host(List<String> names) {
    return new Signer.Wanted(
        commonName(names.getFirst()),
        Role.HOST,
        List.copyOf(new LinkedHashSet<>(names)),
        true,
        true,
        clock.instant(),
        PEER_LIFE);
  }

  private KeyFiles ensure(String name, Signer.Wanted wanted) {
    KeyFiles files =
        new KeyFiles(own.resolve(name + ".pem"), own.resolve(name + "-key.pem"), certificateFile());
    if (!good(files, wanted)) {
      KeyPair key = Signer.newKey(LEAF_BITS);
      X509Certificate made = sign(key.getPublic(), wanted);
      PemFiles.write(files.key(), pem(key.getPrivate()));
      PemFiles.write(files.certificate(), Certificates.pem(made));
    }
    return files;
  }

  private boolean good(KeyFiles files, Signer.Wanted wanted) {
    if (!Files.exists(files.certificate()) || !Files.exists(files.key())) {
      return false;
    }
    X509Certificate existing = Certificates.read(files.certificate());
    // A crash between the two writes leaves a key that does not fit.
    return accepts(existing, wanted.role())
        && !Certificates.renewalDue(existing, clock.instant())
        && fits(PemFiles.readKey(files.key()), existing.getPublicKey())
        && namesOf(existing).containsAll(normalized(wanted.names()));
  }

  private static boolean fits(PrivateKey key, PublicKey publicKey) {
    return key instanceof RSAPrivateKey own
        && publicKey instanceof RSAPublicKey shown
        && own.getModulus().equals(shown.getModulus());
  }

  private X509Certificate sign(PublicKey key, Signer.Wanted wanted) {
    return Signer.leaf(certificate, PemFiles.readKey(directory.resolve("ca-key.pem")), key, wanted);
  }

  private static Set<String> namesOf(X509Certificate existing) {
    try {
      List<String> names = new ArrayList<>();
      var entries = existing.getSubjectAlternativeNames();
      if (entries != null) {
        for (List<?> entry : entries) {
          names.add(String.valueOf(entry.get(1)));
        }
      }
      return normalized(names);
    } catch (CertificateParsingException e) {
      return Set.of();
    }
  }

  /** IPv6 addresses have several spellings. */
  private static Set<String> normalized(List<String> names) {
    Set<String> normalized = new LinkedHashSet<>();
    for (String name : names) {
      try {
        normalized.add(InetAddress.ofLiteral(name).getHostAddress());
      } catch (IllegalArgumentException notAnAddress) {
        normalized.add(name.toLowerCase(Locale.ROOT));
      }
    }
    return normalized;
  }

  private static void checkNames(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a certificate needs at least one name or address");
    }
    for (String name : names) {
      if (!DNS_NAME.matcher(name).matches() && !isAddress(name)) {
        throw new IllegalArgumentException(
            "\"" + name + "\" is neither a host name nor an IP address");
      }
    }
  }

  static boolean isAddress(String name) {
    try {
      InetAddress.ofLiteral(name);
      return true;
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  /** X.520 allows 64 characters; who checks names looks at the alternative names anyway. */
  private static String commonName(String name) {
    return name.length() <= LONGEST_COMMON_NAME ? name : name.substring(0, LONGEST_COMMON_NAME);
  }

  private static String pem(PrivateKey key) {
    return Certificates.pem("PRIVATE KEY", key.getEncoded());
  }
}
