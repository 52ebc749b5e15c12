package io.overt.acceptance;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
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
      return accepts(
          new DataInputStream(console.getInputStream()), console.getOutputStream(), password);
    }
  }

  private static boolean accepts(DataInputStream in, OutputStream out, String password)
      throws IOException {
    String version = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
    if (!version.startsWith("RFB 003.")) {
      throw new IOException("'" + version + "' is no RFB version");
    }
    out.write("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    byte[] offered = in.readNBytes(in.readUnsignedByte());
    if (offered.length != 1 || offered[0] != VNC_AUTHENTICATION) {
      throw new IOException("security types " + Arrays.toString(offered) + " instead of 2");
    }
    out.write(VNC_AUTHENTICATION);
    out.flush();
    out.write(encrypted(in.readNBytes(16), password));
    out.flush();
    return in.readInt() == 0;
  }

  /**
   * The pixels of the whole screen, 24 bits each, asked for once (RFC 6143, 7.3 to 7.7.1).
   *
   * @throws IOException when the password is wrong, or the console ends
   */
  static int[] screen(InputStream input, OutputStream out, String password) throws IOException {
    DataInputStream in = new DataInputStream(input);
    if (!accepts(in, out, password)) {
      throw new IOException("the password is refused");
    }
    out.write(1);
    out.flush();
    int width = in.readUnsignedShort();
    int height = in.readUnsignedShort();
    in.readNBytes(16);
    in.readNBytes(in.readInt());
    ByteBuffer request = ByteBuffer.allocate(20 + 8 + 10);
    request.put(new byte[] {0, 0, 0, 0, 32, 24, 0, 1, 0, -1, 0, -1, 0, -1, 16, 8, 0, 0, 0, 0});
    request.put(new byte[] {2, 0, 0, 1, 0, 0, 0, 0});
    request.put(new byte[] {3, 0, 0, 0, 0, 0});
    request.putShort((short) width).putShort((short) height);
    out.write(request.array());
    out.flush();
    int[] pixels = new int[width * height];
    if (in.readUnsignedByte() != 0) {
      throw new IOException("no update of the screen");
    }
    in.readByte();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      rectangle(in, pixels, width);
    }
    return pixels;
  }

  private static void rectangle(DataInputStream in, int[] pixels, int width) throws IOException {
    int x = in.readUnsignedShort();
    int y = in.readUnsignedShort();
    int columns = in.readUnsignedShort();
    int rows = in.readUnsignedShort();
    if (in.readInt() != 0) {
      throw new IOException("another encoding than raw");
    }
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        pixels[(y + row) * width + x + column] = Integer.reverseBytes(in.readInt()) & 0xFFFFFF;
      }
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
