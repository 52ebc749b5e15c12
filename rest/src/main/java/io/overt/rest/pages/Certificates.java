package io.overt.rest.pages;

import java.security.cert.X509Certificate;
import java.util.Optional;

/** Port to the certificates that anybody may read. */
@FunctionalInterface
public interface Certificates {
  /** The certificate of that kind, if there is one. */
  Optional<X509Certificate> find(Kind kind);

  /** Which certificate, by the names of oVirt's {@code pki-resource}. */
  enum Kind {
    CA("ca-certificate"),
    ENGINE("engine-certificate"),
    QEMU_CA("qemu-ca-certificate");

    private final String resource;

    Kind(String resource) {
      this.resource = resource;
    }

    static Optional<Kind> of(String resource) {
      for (Kind kind : values()) {
        if (kind.resource.equals(resource)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }
}
