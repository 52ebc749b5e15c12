package io.overt.events.notifier.snmp;

import io.overt.events.notifier.Notice;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;

/** How an event becomes the variables of a trap. */
enum TrapLayout {
  /** That of oVirt since 3.5, which the MIB describes: one kind of trap, a variable a property. */
  MIB {
    @Override
    OID trap(SnmpProfile profile, Notice notice) {
      return new OID(profile.oid() + ".0.1");
    }

    @Override
    List<VariableBinding> variables(SnmpProfile profile, Notice notice) {
      String audit = profile.oid() + ".2.1.";
      List<VariableBinding> variables = new ArrayList<>();
      variables.add(text(audit + 1, Long.toString(notice.index())));
      variables.add(text(audit + 2, notice.name()));
      variables.add(number(audit + 3, notice.code()));
      variables.add(number(audit + 4, notice.severityNumber()));
      variables.add(text(audit + 5, notice.message()));
      variables.add(number(audit + 6, notice.resolved() ? 0 : 1));
      variables.add(text(audit + 7, MINUTE.format(notice.time())));
      int leaf = FIRST_OPTIONAL;
      for (String member : SUBJECTS) {
        addUnlessEmpty(variables, audit + leaf++, notice.nameOf(member));
        addUnlessEmpty(variables, audit + leaf++, notice.idOf(member));
      }
      return variables;
    }
  },

  /** That of oVirt 3.4: a kind of trap for each type of event, all variables below it. */
  OVIRT34 {
    @Override
    OID trap(SnmpProfile profile, Notice notice) {
      return new OID(profile.oid() + ".0." + notice.code());
    }

    @Override
    List<VariableBinding> variables(SnmpProfile profile, Notice notice) {
      String trap = profile.oid() + ".0." + notice.code() + ".";
      List<VariableBinding> variables = new ArrayList<>();
      variables.add(text(trap + 0, notice.message()));
      variables.add(text(trap + 1, notice.severity().name()));
      variables.add(text(trap + 2, profile.documented() ? documented(notice) : notice.status()));
      // The local time of the sender, as those receivers have always got it.
      variables.add(
          text(trap + 3, Timestamp.from(notice.time().truncatedTo(ChronoUnit.MILLIS)).toString()));
      variables.add(text(trap + 4, notice.name()));
      int leaf = 5;
      for (String member : SUBJECTS) {
        addUnlessEmpty(variables, trap + leaf++, notice.nameOf(member));
      }
      return variables;
    }
  };

  private static final int FIRST_OPTIONAL = 100;
  private static final List<String> SUBJECTS =
      List.of("user", "vm", "host", "template", "data_center", "storage_domain");
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  abstract OID trap(SnmpProfile profile, Notice notice);

  /** What comes after {@code sysUpTime} and {@code snmpTrapOID}. */
  abstract List<VariableBinding> variables(SnmpProfile profile, Notice notice);

  private static String documented(Notice notice) {
    return notice.resolved() ? "RESOLVED_MESSAGE" : "ALERT_MESSAGE";
  }

  private static void addUnlessEmpty(List<VariableBinding> variables, String oid, String value) {
    if (!value.isEmpty()) {
      variables.add(text(oid, value));
    }
  }

  private static VariableBinding text(String oid, String value) {
    return new VariableBinding(
        new OID(oid), new OctetString(value.getBytes(StandardCharsets.UTF_8)));
  }

  private static VariableBinding number(String oid, int value) {
    return new VariableBinding(new OID(oid), new Integer32(value));
  }
}
