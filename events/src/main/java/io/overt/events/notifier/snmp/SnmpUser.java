package io.overt.events.notifier.snmp;

import io.overt.events.notifier.NotifierKey;
import io.overt.events.notifier.Settings;
import java.util.HexFormat;
import java.util.List;
import org.snmp4j.security.AuthHMAC128SHA224;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES192;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

/**
 * Who sends by version 3, with which engine id.
 *
 * @param level as in RFC 3411: 1 to 3
 */
record SnmpUser(OctetString engineId, int level, UsmUser user) {
  private static final List<String> AUTHENTICATION =
      List.of("MD5", "SHA", "SHA224", "SHA256", "SHA384", "SHA512");
  private static final List<String> PRIVACY = List.of("AES128", "AES192", "AES256");

  /** RFC 3414 asks for it. */
  private static final int SHORTEST_PASSPHRASE = 8;

  static SnmpUser of(Settings settings, String profile) {
    int level =
        settings.number(
            NotifierKey.SNMP_SECURITY_LEVEL,
            profile,
            SecurityLevel.NOAUTH_NOPRIV,
            SecurityLevel.AUTH_PRIV);
    OctetString name =
        new OctetString(settings.required(NotifierKey.SNMP_USERNAME, profile, "a user's name"));
    OID authentication = null;
    OctetString authenticationPhrase = null;
    if (level >= SecurityLevel.AUTH_NOPRIV) {
      authentication =
          authentication(settings.choice(NotifierKey.SNMP_AUTH_PROTOCOL, profile, AUTHENTICATION));
      authenticationPhrase = phrase(settings, NotifierKey.SNMP_AUTH_PASSPHRASE, profile);
    }
    OID privacy = null;
    OctetString privacyPhrase = null;
    if (level == SecurityLevel.AUTH_PRIV) {
      privacy = privacy(settings.choice(NotifierKey.SNMP_PRIVACY_PROTOCOL, profile, PRIVACY));
      privacyPhrase = phrase(settings, NotifierKey.SNMP_PRIVACY_PASSPHRASE, profile);
    }
    return new SnmpUser(
        engineId(settings, profile),
        level,
        new UsmUser(name, authentication, authenticationPhrase, privacy, privacyPhrase));
  }

  private static OctetString engineId(Settings settings, String profile) {
    String text = settings.text(NotifierKey.SNMP_ENGINE_ID, profile).strip();
    try {
      byte[] bytes =
          text.startsWith("0x")
              ? HexFormat.of().parseHex(text, 2, text.length())
              : HexFormat.ofDelimiter(":").parseHex(text);
      if (bytes.length >= 5 && bytes.length <= 32) {
        return new OctetString(bytes);
      }
    } catch (IllegalArgumentException e) {
      throw engineIdRefused(settings, profile);
    }
    throw engineIdRefused(settings, profile);
  }

  private static RuntimeException engineIdRefused(Settings settings, String profile) {
    return settings.refused(
        NotifierKey.SNMP_ENGINE_ID,
        profile,
        "5 to 32 bytes in hexadecimal with colons between, as 80:00:00:00:01:02:05:05");
  }

  private static OctetString phrase(Settings settings, NotifierKey key, String profile) {
    String phrase = settings.text(key, profile);
    if (phrase.length() < SHORTEST_PASSPHRASE) {
      throw settings.refused(key, profile, "a passphrase of at least 8 characters");
    }
    return new OctetString(phrase);
  }

  private static OID authentication(String name) {
    return switch (name) {
      case "MD5" -> AuthMD5.ID;
      case "SHA" -> AuthSHA.ID;
      case "SHA224" -> AuthHMAC128SHA224.ID;
      case "SHA256" -> AuthHMAC192SHA256.ID;
      case "SHA384" -> AuthHMAC256SHA384.ID;
      default -> AuthHMAC384SHA512.ID;
    };
  }

  private static OID privacy(String name) {
    return switch (name) {
      case "AES128" -> PrivAES128.ID;
      case "AES192" -> PrivAES192.ID;
      default -> PrivAES256.ID;
    };
  }

  /** Never the passphrases. */
  @Override
  public String toString() {
    return "SnmpUser[level " + level + "]";
  }
}
