package io.overt.vdsmrpc;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Who the other side is, by the certificate that it proved to own.
 *
 * @param subject the certificate's subject, RFC 2253 ("CN=host1.example.com,OU=host,O=example")
 * @param commonName the subject's CN, empty when there is none
 * @param alternativeNames DNS names and IP addresses of the subject alternative name
 * @param roles the subject's OU values; the CA gives them, so they say what the peer may do
 */
public record PeerIdentity(
    String subject, String commonName, List<String> alternativeNames, Set<String> roles) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final PeerIdentity ANONYMOUS = new PeerIdentity("", "", List.of(), Set.of());

  public PeerIdentity {
    alternativeNames = List.copyOf(alternativeNames);
    roles = Set.copyOf(roles);
  }

  /** The peer of a plain-text connection: no name, no role. */
  public static PeerIdentity anonymous() {
    return ANONYMOUS;
  }

  /** Whether the certificate carries this role. */
  public boolean hasRole(String role) {
    return roles.contains(role);
  }

  static PeerIdentity of(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    String commonName = "";
    Set<String> roles = new LinkedHashSet<>();
    try {
      for (Rdn part : new LdapName(subject).getRdns()) {
        var values = part.toAttributes().getAll();
        while (values.hasMoreElements()) {
          var attribute = values.nextElement();
          // A value may be bytes (an encoding Java does not know): such a value names nothing.
          if (attribute.get() instanceof String value) {
            if (attribute.getID().equalsIgnoreCase("CN")) {
              commonName = value;
            } else if (attribute.getID().equalsIgnoreCase("OU")) {
              roles.add(value);
            }
          }
        }
      }
      return new PeerIdentity(subject, commonName, alternativeNames(certificate), roles);
    } catch (NamingException | CertificateParsingException e) {
      throw new IllegalArgumentException("Unreadable name in the certificate of " + subject, e);
    }
  }

  private static List<String> alternativeNames(X509Certificate certificate)
      throws CertificateParsingException {
    List<String> names = new ArrayList<>();
    var entries = certificate.getSubjectAlternativeNames();
    if (entries != null) {
      for (List<?> entry : entries) {
        if (entry.get(0) instanceof Integer type
            && (type == DNS_NAME || type == IP_ADDRESS)
            && entry.get(1) instanceof String name) {
          names.add(name);
        }
      }
    }
    return names;
  }
}
