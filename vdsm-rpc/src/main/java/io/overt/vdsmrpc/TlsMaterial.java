package io.overt.vdsmrpc;

import java.nio.file.Path;

/**
 * Where one side's PEM files are.
 *
 * @param certificate its certificate, followed by intermediate ones if any
 * @param key its private key, PKCS#8 without a password
 * @param authority the certificates of the CA that peers have to come from
 */
public record TlsMaterial(Path certificate, Path key, Path authority) {

  /** The agent's files in VDSM's layout below a directory, {@code /etc/pki/vdsm} on a host. */
  public static TlsMaterial vdsm(Path directory) {
    return new TlsMaterial(
        directory.resolve("certs/vdsmcert.pem"),
        directory.resolve("keys/vdsmkey.pem"),
        directory.resolve("certs/cacert.pem"));
  }
}
