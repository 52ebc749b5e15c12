package io.overt.access.directory;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id hashes (RFC 9106) in the usual text form {@code
 * $argon2id$v=19$m=..,t=..,p=..$salt$hash}. The costs are OWASP's second choice: 19 MiB, two
 * passes.
 */
final class PasswordHash {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LARGEST_MEMORY_KIB = 262_144;
  private static final int LARGEST_PASSES = 16;
  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=1"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Each computation holds its memory: a flood of logins must not exhaust the heap. */
  private static final Semaphore AT_ONCE = new Semaphore(4, true);

  /** What an unknown user's password is compared with, so that the time tells nothing. */
  private static final class Nobody {
    static final String HASH = of("nobody".toCharArray());
  }

  private PasswordHash() {}

  static String of(char[] password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    byte[] hash = compute(password, salt, MEMORY_KIB, PASSES, HASH_BYTES);
    Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + MEMORY_KIB
        + ",t="
        + PASSES
        + ",p=1$"
        + encoder.encodeToString(salt)
        + "$"
        + encoder.encodeToString(hash);
  }

  /** Compares in constant time; false as well when the text is no hash of this kind. */
  static boolean matches(char[] password, String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return false;
    }
    int memory = Integer.parseInt(parts.group(1));
    int passes = Integer.parseInt(parts.group(2));
    if (memory < 8 || memory > LARGEST_MEMORY_KIB || passes < 1 || passes > LARGEST_PASSES) {
      return false;
    }
    byte[] salt = Base64.getDecoder().decode(parts.group(3));
    byte[] expected = Base64.getDecoder().decode(parts.group(4));
    return MessageDigest.isEqual(
        compute(password, salt, memory, passes, expected.length), expected);
  }

  /** Takes as long as {@link #matches} and is always false. */
  static boolean matchesNobody(char[] password) {
    boolean matches = matches(password, Nobody.HASH);
    return matches && Nobody.HASH.isEmpty();
  }

  private static byte[] compute(char[] password, byte[] salt, int memory, int passes, int size) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] bytes = utf8(password);
    byte[] hash = new byte[size];
    AT_ONCE.acquireUninterruptibly();
    try {
      generator.generateBytes(bytes, hash);
    } finally {
      AT_ONCE.release();
      Arrays.fill(bytes, (byte) 0);
    }
    return hash;
  }

  /** The bytes of a password, without a copy that nobody can wipe. */
  static byte[] utf8(char[] text) {
    ByteBuffer buffer = ByteBuffer.allocate(3 * text.length);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(text), buffer, true);
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    Arrays.fill(buffer.array(), (byte) 0);
    return bytes;
  }
}
