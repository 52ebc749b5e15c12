package io.overt.acceptance;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The login of VNC's protocol, RFC 6143. */
final class Rfb {
  private static final int VNC_AUTHENTICATION = 2;

  private Rfb() {}

  /**
   * Speaks to a console up to the answer to the password, and closes the connection.
   *
   * @return whether the password is right
   */
  static boolean accepts(Socket console, String password) throws IOException {
    try (console) {
      console.setSoTimeout(10_000);
      DataInputStream in = new DataInputStream(console.getInputStream());
      String version = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      if (!version.startsWith("RFB 003.")) {
        throw new IOException("'" + version + "' is no RFB version");
      }
      console.getOutputStream().write("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
      byte[] offered = in.readNBytes(in.readUnsignedByte());
      if (offered.length != 1 || offered[0] != VNC_AUTHENTICATION) {
        throw new IOException("security types " + Arrays.toString(offered) + " instead of 2");
      }
      console.getOutputStream().write(VNC_AUTHENTICATION);
      console.getOutputStream().write(encrypted(in.readNBytes(16), password));
      return in.readInt() == 0;
    }
  }

  /** DES with the password as the key, the bits of each byte mirrored. */
  private static byte[] encrypted(byte[] challenge, String password) {
    byte[] key = new byte[8];
    byte[] letters = password.getBytes(StandardCharsets.US_ASCII);
    for (int index = 0; index < Math.min(letters.length, key.length); index++) {
      key[index] = (byte) (Integer.reverse(letters[index]) >>> 24);
    }
    try {
      Cipher cipher = Cipher.getInstance("DES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
      return cipher.doFinal(challenge);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
