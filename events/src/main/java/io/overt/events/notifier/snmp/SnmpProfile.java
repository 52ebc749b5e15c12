package io.overt.events.notifier.snmp;

import io.overt.events.notifier.NotifierKey;
import io.overt.events.notifier.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Receivers of traps and how to speak to them.
 *
 * @param name empty for the default profile
 * @param managers {@code host:port}
 * @param oid what object identifiers begin with
 * @param documented whether the layout of 3.4 uses the words of oVirt's documentation
 * @param rate traps per second at most; informs are slowed by their acknowledgements
 * @param user of version 3; empty for version 2c
 */
record SnmpProfile(
    String name,
    List<Manager> managers,
    String community,
    String oid,
    List<TrapLayout> layouts,
    boolean documented,
    boolean inform,
    Duration timeout,
    int retries,
    int rate,
    Optional<SnmpUser> user) {
  private static final Pattern OID = Pattern.compile("\\.?[0-2](\\.\\d{1,10}){1,100}");
  private static final int MOST_RETRIES = 20;

  SnmpProfile {
    managers = List.copyOf(managers);
    layouts = List.copyOf(layouts);
  }

  /** All profiles that have managers, by name. */
  static Map<String, SnmpProfile> all(Settings settings) {
    Map<String, SnmpProfile> profiles = new LinkedHashMap<>();
    for (String name : settings.profiles(NotifierKey.SNMP_MANAGERS)) {
      profiles.put(name, of(settings, name));
    }
    return profiles;
  }

  private static SnmpProfile of(Settings settings, String name) {
    String oid = settings.text(NotifierKey.SNMP_OID, name).strip();
    if (!OID.matcher(oid).matches()) {
      throw settings.refused(
          NotifierKey.SNMP_OID, name, "numbers with dots between, as 1.3.6.1.4.1.2312.13.1.1");
    }
    int version = settings.number(NotifierKey.SNMP_VERSION, name, 2, 3);
    return new SnmpProfile(
        name,
        Manager.list(settings, name),
        settings.text(NotifierKey.SNMP_COMMUNITY, name),
        oid.startsWith(".") ? oid.substring(1) : oid,
        layouts(settings, name),
        settings.choice(NotifierKey.SNMP_TYPE_STYLE, name, List.of("code", "doc")).equals("doc"),
        settings.flag(NotifierKey.SNMP_INFORM, name),
        settings.time(NotifierKey.SNMP_TIMEOUT, name),
        settings.number(NotifierKey.SNMP_RETRIES, name, 0, MOST_RETRIES),
        settings.number(NotifierKey.SNMP_RATE, name, 1, 100_000),
        version == 2 ? Optional.empty() : Optional.of(SnmpUser.of(settings, name)));
  }

  private static List<TrapLayout> layouts(Settings settings, String name) {
    return switch (settings.choice(
        NotifierKey.SNMP_TRAP_LAYOUT, name, List.of("mib", "ovirt34", "both"))) {
      case "mib" -> List.of(TrapLayout.MIB);
      case "ovirt34" -> List.of(TrapLayout.OVIRT34);
      default -> List.of(TrapLayout.MIB, TrapLayout.OVIRT34);
    };
  }

  /** Never the community. */
  @Override
  public String toString() {
    return "SnmpProfile[" + name + " " + managers + "]";
  }
}
