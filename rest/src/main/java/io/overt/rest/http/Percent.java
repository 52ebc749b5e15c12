package io.overt.rest.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent decoding that refuses what is broken instead of guessing. */
final class Percent {
  private Percent() {}

  /**
   * @param plus whether {@code +} means a blank, as in forms
   * @throws HttpProblem 400 when an escape is broken or the bytes are no UTF-8
   */
  static String decode(String text, boolean plus) {
    if (text.indexOf('%') < 0 && !(plus && text.indexOf('+') >= 0)) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '%') {
        boolean whole = index + 2 < text.length();
        int high = whole ? Character.digit(text.charAt(index + 1), 16) : -1;
        int low = whole ? Character.digit(text.charAt(index + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw new HttpProblem(400, "a broken percent escape in the address");
        }
        bytes.write(high * 16 + low);
        index += 2;
      } else if (plus && character == '+') {
        bytes.write(' ');
      } else if (character < 0x80) {
        bytes.write(character);
      } else {
        byte[] encoded = String.valueOf(character).getBytes(StandardCharsets.UTF_8);
        bytes.write(encoded, 0, encoded.length);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new HttpProblem(400, "the address is not UTF-8");
    }
  }
}
