package io.overt.access.directory;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a short time that a password was right, so that a client that sends it with every
 * request pays for the slow hash once. Keeps a digest under a key of this process, never the
 * password.
 */
final class VerifiedPasswords {
  static final Duration REMEMBERED = Duration.ofSeconds(30);
  private static final int MOST = 10_000;

  private static final class Verified {
    final byte[] digest;
    final DirectoryUser user;
    final long until;

    Verified(byte[] digest, DirectoryUser user, long until) {
      this.digest = digest;
      this.user = user;
      this.until = until;
    }
  }

  private final InstantSource clock;
  private final SecretKeySpec key;
  private final Map<String, Verified> byName = new ConcurrentHashMap<>();

  VerifiedPasswords(InstantSource clock) {
    this.clock = clock;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, "HmacSHA256");
  }

  /** The user, if this very password of that name was right a moment ago. */
  Optional<DirectoryUser> find(String name, char[] password) {
    Verified verified = byName.get(name);
    if (verified == null) {
      return Optional.empty();
    }
    if (verified.until < clock.millis()) {
      byName.remove(name, verified);
      return Optional.empty();
    }
    return MessageDigest.isEqual(verified.digest, digest(name, password))
        ? Optional.of(verified.user)
        : Optional.empty();
  }

  void remember(String name, char[] password, DirectoryUser user) {
    if (byName.size() >= MOST) {
      byName.clear();
    }
    byName.put(
        name, new Verified(digest(name, password), user, clock.millis() + REMEMBERED.toMillis()));
  }

  void forget(String name) {
    byName.remove(name);
  }

  private byte[] digest(String name, char[] password) {
    byte[] secret = PasswordHash.utf8(password);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(name.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
