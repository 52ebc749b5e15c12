package io.overt.rest.pages;

import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.Html;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Certificates without login: {@code /ovirt-engine/services/pki-resource}, {@code /ca.crt} and
 * {@code /ovirt-engine/ca.crt}.
 */
public final class PkiEndpoint implements Endpoint {
  private static final String CA_TYPE = "application/x-x509-ca-cert; charset=ISO-8859-1";
  private static final String TEXT_TYPE = "text/plain; charset=ISO-8859-1";

  private final Certificates certificates;

  public PkiEndpoint(Certificates certificates) {
    this.certificates = certificates;
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
      exchange.setHeader("Allow", "GET, HEAD");
      exchange.answer(405);
    } else if (exchange.path().segments().getLast().equals("ca.crt")) {
      answer(exchange, Certificates.Kind.CA, "X509-PEM-CA", null);
    } else {
      resource(exchange);
    }
  }

  private void resource(Exchange exchange) throws IOException {
    String resource = exchange.query().get("resource");
    Optional<Certificates.Kind> kind =
        resource == null ? Optional.empty() : Certificates.Kind.of(resource);
    if (kind.isEmpty()) {
      bad(exchange, "Resource '" + (resource == null ? "" : resource) + "' is invalid");
      return;
    }
    String format = exchange.query().get("format");
    answer(
        exchange, kind.get(), format == null ? "X509-PEM" : format, exchange.query().get("alias"));
  }

  private void answer(
      Exchange exchange, Certificates.Kind kind, String format, @Nullable String alias)
      throws IOException {
    if (!format.matches("X509-PEM-CA|X509-PEM|OPENSSH-PUBKEY")) {
      bad(exchange, "Format '" + format + "' is invalid");
      return;
    }
    Optional<X509Certificate> certificate = certificates.find(kind);
    if (certificate.isEmpty()) {
      exchange.answer(404, Html.TYPE, Html.error("There is no such certificate"));
    } else if (format.equals("OPENSSH-PUBKEY")) {
      Optional<String> key = SshPublicKey.format(certificate.get().getPublicKey());
      if (key.isEmpty()) {
        bad(exchange, "The certificate's key has no OpenSSH form");
        return;
      }
      String comment = alias == null ? "ovirt-engine" : alias.replaceAll("[^\\w.@-]", "_");
      exchange.answer(200, TEXT_TYPE, key.get() + " " + comment + "\n");
    } else {
      String type = format.equals("X509-PEM-CA") ? CA_TYPE : TEXT_TYPE;
      exchange.answer(200, type, pem(certificate.get()));
    }
  }

  private static void bad(Exchange exchange, String message) throws IOException {
    exchange.answer(400, Html.TYPE, Html.error(message));
  }

  private static String pem(X509Certificate certificate) {
    try {
      byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(76, newline).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("the certificate cannot be encoded", e);
    }
  }
}
