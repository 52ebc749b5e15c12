package io.overt.rest.login;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * User and password of a Basic header (RFC 7617). The scheme's spelling counts, as in oVirt engine
 * 4.5.
 */
public record Credentials(String user, String password) {

  /** The credentials, or null when the header is of another kind; garbled ones have no user. */
  public static @Nullable Credentials parse(String header) {
    if (!header.startsWith("Basic ")) {
      return null;
    }
    String decoded;
    try {
      decoded =
          new String(
              Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return new Credentials("", "");
    }
    int colon = decoded.indexOf(':');
    return colon < 0
        ? new Credentials(decoded, "")
        : new Credentials(decoded.substring(0, colon), decoded.substring(colon + 1));
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }
}
