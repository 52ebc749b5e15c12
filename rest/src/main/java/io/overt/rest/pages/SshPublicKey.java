package io.overt.rest.pages;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;

/** A public key as OpenSSH writes it (RFC 4253 section 6.6, RFC 5656 section 3.1). */
final class SshPublicKey {
  private SshPublicKey() {}

  /** {@code ssh-rsa AAAA…}; empty for kinds of keys that SSH does not know. */
  static Optional<String> format(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa ->
          Optional.of(
              line(
                  "ssh-rsa",
                  text("ssh-rsa"),
                  rsa.getPublicExponent().toByteArray(),
                  rsa.getModulus().toByteArray()));
      case ECPublicKey curve -> ellipticCurve(curve);
      default -> Optional.empty();
    };
  }

  private static Optional<String> ellipticCurve(ECPublicKey key) {
    int bits = key.getParams().getCurve().getField().getFieldSize();
    if (bits != 256 && bits != 384 && bits != 521) {
      return Optional.empty();
    }
    String curve = "nistp" + bits;
    int width = (bits + 7) / 8;
    byte[] point = new byte[1 + 2 * width];
    point[0] = 4;
    fill(point, 1, width, key.getW().getAffineX());
    fill(point, 1 + width, width, key.getW().getAffineY());
    String type = "ecdsa-sha2-" + curve;
    return Optional.of(line(type, text(type), text(curve), point));
  }

  private static void fill(byte[] target, int offset, int width, BigInteger value) {
    byte[] bytes = value.toByteArray();
    int skip = Math.max(0, bytes.length - width);
    int length = bytes.length - skip;
    System.arraycopy(bytes, skip, target, offset + width - length, length);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String line(String type, byte[]... fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream output = new DataOutputStream(bytes)) {
      for (byte[] field : fields) {
        output.writeInt(field.length);
        output.write(field);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory failed", e);
    }
    return type + " " + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
