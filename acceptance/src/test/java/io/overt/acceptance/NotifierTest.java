package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.overt.events.notifier.Mib;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events of a real engine arrive at a real {@code snmptrapd}. */
@ExtendWith(SharedEngine.class)
class NotifierTest {
  private static final String OID = ".1.3.6.1.4.1.2312.13.1.1";
  private static final String TRAP_OID = ".1.3.6.1.6.3.1.1.4.1.0";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Just the names that ours builds on: Debian has no modules of the IETF. */
  private static final Map<String, String> BASE_MODULES =
      Map.of(
          "SNMPv2-SMI",
          """
          internet OBJECT IDENTIFIER ::= { iso 3 6 1 }
          mgmt OBJECT IDENTIFIER ::= { internet 2 }
          mib-2 OBJECT IDENTIFIER ::= { mgmt 1 }
          private OBJECT IDENTIFIER ::= { internet 4 }
          enterprises OBJECT IDENTIFIER ::= { private 1 }
          snmpV2 OBJECT IDENTIFIER ::= { internet 6 }
          snmpModules OBJECT IDENTIFIER ::= { snmpV2 3 }""",
          "SNMPv2-TC",
          "",
          "SNMPv2-CONF",
          "",
          "SNMPv2-MIB",
          """
          IMPORTS mib-2, snmpModules, OBJECT-TYPE, TimeTicks FROM SNMPv2-SMI;
          sysUpTime OBJECT-TYPE
            SYNTAX TimeTicks MAX-ACCESS read-only STATUS current DESCRIPTION "" ::= { mib-2 1 3 }
          snmpTrapOID OBJECT-TYPE
            SYNTAX OBJECT IDENTIFIER MAX-ACCESS accessible-for-notify STATUS current
            DESCRIPTION "" ::= { snmpModules 1 1 4 1 }""");

  /** As many words as the level of security; the first says what is sent. */
  private static final List<String[]> VERSION_3 =
      List.of(
          new String[] {"trap"},
          new String[] {"trap", "MD5"},
          new String[] {"trap", "SHA"},
          new String[] {"trap", "SHA224"},
          new String[] {"trap", "SHA512"},
          new String[] {"trap", "MD5", "AES128"},
          new String[] {"trap", "SHA", "AES256"},
          new String[] {"trap", "SHA256", "AES192"},
          new String[] {"trap", "SHA384", "AES128"},
          new String[] {"inform", "SHA"},
          new String[] {"inform", "SHA512", "AES256"});

  private EngineFixture engine;
  private RestClient rest;

  @BeforeEach
  void open(EngineFixture shared) {
    engine = shared;
    rest = RestClient.open(shared.access());
  }

  @AfterEach
  void close() throws IOException {
    rest.close();
    Files.deleteIfExists(file());
    engine.channel().call("notifier reload", Map.of());
  }

  private Path file() {
    return engine.config().notifierFiles().main();
  }

  private void configure(String... lines) throws IOException {
    Files.write(file(), List.of(lines));
    engine.channel().call("notifier reload", Map.of());
  }

  private String addTag(String name) {
    RestClient.Answer answer = rest.post("/api/tags", "{\"name\":\"" + name + "\"}");
    assertThat(answer.accepted()).isTrue();
    return answer.id();
  }

  private static Map<String, String> await(
      TrapReceiver receiver, Predicate<Map<String, String>> wanted) {
    try {
      return Await.until(
          "the trap arrives",
          PATIENCE,
          () -> receiver.traps().stream().filter(wanted).findFirst().orElse(Map.of()),
          trap -> !trap.isEmpty());
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + receiver.everything(), e);
    }
  }

  @Test
  void anEventArrivesAsATrapOfVersion2InOurLayout() throws IOException {
    try (TrapReceiver receiver = TrapReceiver.numeric("authCommunity log public")) {
      configure(
          "SNMP_MANAGERS=\"" + receiver.manager() + "\"",
          "FILTER=\"include:USER_ADD_TAG(snmp:) ${FILTER}\"");
      addTag("trapped");
      Map<String, String> trap = await(receiver, any -> true);
      assertThat(trap)
          .containsEntry(TRAP_OID, "OID: " + OID + ".0.1")
          .containsEntry(OID + ".2.1.2", "STRING: \"USER_ADD_TAG\"")
          .containsEntry(OID + ".2.1.4", "INTEGER: 0")
          .containsEntry(OID + ".2.1.6", "INTEGER: 1")
          .containsEntry(OID + ".2.1.100", "STRING: \"admin@internal-authz\"");
      assertThat(trap.keySet())
          .startsWith(".1.3.6.1.2.1.1.3.0", TRAP_OID, OID + ".2.1.1", OID + ".2.1.2");
      assertThat(trap.get(OID + ".2.1.5")).contains("trapped");
    }
  }

  /** The trap that a talk about oVirt 3.4 shows, field by field. */
  @Test
  void aLoginArrivesAsTheTrapOfEngine34() throws Exception {
    try (TrapReceiver receiver = TrapReceiver.numeric("authCommunity log public")) {
      configure(
          "SNMP_MANAGERS=" + receiver.manager(),
          "SNMP_OID=1.3.6.1.4.1.2312.13.1",
          "SNMP_TRAP_LAYOUT=ovirt34",
          "SNMP_TYPE_STYLE=doc",
          "FILTER=\"include:USER_VDC_LOGIN(snmp:) ${FILTER}\"");
      String login = ".1.3.6.1.4.1.2312.13.1.0.30";
      Map<String, String> trap =
          Await.until(
              "the login arrives",
              PATIENCE,
              () -> {
                // Logins of one user that follow each other closely are one event.
                logIn();
                return receiver.traps().stream().findFirst().orElse(Map.of());
              },
              found -> !found.isEmpty());
      assertThat(List.copyOf(trap.keySet()).subList(1, 7))
          .containsExactly(
              TRAP_OID, login + ".0", login + ".1", login + ".2", login + ".3", login + ".4");
      assertThat(trap).containsEntry(TRAP_OID, "OID: " + login);
      assertThat(trap.get(login + ".0")).startsWith("STRING: \"User admin@internal: logged in");
      assertThat(trap).containsEntry(login + ".1", "STRING: \"NORMAL\"");
      assertThat(trap).containsEntry(login + ".2", "STRING: \"ALERT_MESSAGE\"");
      assertThat(trap.get(login + ".3"))
          .matches("STRING: \"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{1,3}\"");
      assertThat(trap).containsEntry(login + ".4", "STRING: \"USER_VDC_LOGIN\"");
    }
  }

  private void logIn() {
    String password = URLEncoder.encode(engine.access().adminPassword(), StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(engine.access().url() + "/sso/oauth/token"))
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "grant_type=password&scope=ovirt-app-api&username=admin%40internal&password="
                        + password))
            .build();
    try (HttpClient client = HttpClient.newBuilder().sslContext(engine.access().trust()).build()) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReceiverWithOurModulePrintsNames() throws IOException {
    Path modules = EngineFixture.temporaryDirectory();
    Files.writeString(modules.resolve("OVERT-MIB.txt"), Mib.text());
    BASE_MODULES.forEach(
        (name, text) -> {
          try {
            Files.writeString(
                modules.resolve(name + ".txt"),
                name + " DEFINITIONS ::= BEGIN\n" + text + "\nEND\n");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    try (TrapReceiver receiver =
        TrapReceiver.symbolic(
            "SNMPv2-MIB:OVERT-MIB", modules.toString(), "authCommunity log secret")) {
      configure(
          "SNMP_MANAGERS_names=" + receiver.manager(),
          "SNMP_COMMUNITY_names=secret",
          "SNMP_TRAP_LAYOUT=both",
          "FILTER=\"include:USER_ADD_TAG(snmp:names) ${FILTER}\"");
      addTag("schön");
      Map<String, String> trap =
          await(receiver, found -> found.containsKey("OVERT-MIB::ovirtEngineNotifierName"));
      assertThat(trap)
          .containsEntry(
              "SNMPv2-MIB::snmpTrapOID.0", "OID: OVERT-MIB::ovirtEngineNotifierNotificationsAudit")
          .containsEntry("OVERT-MIB::ovirtEngineNotifierName", "STRING: USER_ADD_TAG")
          .containsEntry("OVERT-MIB::ovirtEngineNotifierSeverity", "INTEGER: normal(0)")
          .containsEntry("OVERT-MIB::ovirtEngineNotifierStatus", "INTEGER: alertMessage(1)");
      assertThat(trap.get("OVERT-MIB::ovirtEngineNotifierMessage"))
          .as("text beyond ASCII")
          .contains("schön");
      String code = trap.get("OVERT-MIB::ovirtEngineNotifierId").replace("INTEGER: ", "");
      await(
          receiver,
          found -> found.containsKey("OVERT-MIB::ovirtEngineNotifierNotifications." + code + ".4"));
      assertThat(receiver.everything()).doesNotContain("Cannot find module", "Undefined");
    }
    EngineFixture.delete(modules);
  }

  @Test
  void trapsAndInformsOfVersion3ArriveAtEveryLevelWithEveryProtocol() throws IOException {
    List<String> users = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    StringBuilder filter = new StringBuilder("FILTER=\"");
    int number = 0;
    for (String[] each : VERSION_3) {
      boolean inform = each[0].equals("inform");
      String user = "user" + number;
      users.add(
          "createUser %s %s %s"
              .formatted(inform ? "" : "-e 0x8000000001020505", user, netSnmp(each)));
      users.add("authUser log " + user + (each.length == 1 ? " noauth" : ""));
      settings.add("SNMP_MANAGERS_p" + number + "=RECEIVER");
      settings.add("SNMP_USERNAME_p" + number + "=" + user);
      settings.add("SNMP_OID_p" + number + "=1.3.6.1.4.1.2312.13.1." + (100 + number));
      settings.add("SNMP_SECURITY_LEVEL_p" + number + "=" + each.length);
      settings.add("SNMP_INFORM_p" + number + "=" + inform);
      if (each.length > 1) {
        settings.add("SNMP_AUTH_PROTOCOL_p" + number + "=" + each[1]);
        settings.add("SNMP_AUTH_PASSPHRASE_p" + number + "=authpass12");
      }
      if (each.length > 2) {
        settings.add("SNMP_PRIVACY_PROTOCOL_p" + number + "=" + each[2]);
        settings.add("SNMP_PRIVACY_PASSPHRASE_p" + number + "=privpass12");
      }
      filter.append("include:USER_ADD_TAG(snmp:p").append(number++).append(") ");
    }
    settings.addAll(List.of("SNMP_VERSION=3", "SNMP_ENGINE_ID=80:00:00:00:01:02:05:05"));
    settings.add(filter + "${FILTER}\"");
    try (TrapReceiver receiver = TrapReceiver.numeric(users.toArray(String[]::new))) {
      settings.replaceAll(line -> line.replace("RECEIVER", receiver.manager()));
      // Twice: a sender that starts again has to be believed again, so its boots must grow.
      for (int round = 1; round <= 2; round++) {
        configure(settings.toArray(String[]::new));
        addTag("version3-" + round);
        for (int profile = 0; profile < number; profile++) {
          String message = ".1.3.6.1.4.1.2312.13.1." + (100 + profile) + ".2.1.5";
          String wanted = "version3-" + round;
          await(receiver, trap -> trap.getOrDefault(message, "").contains(wanted));
        }
      }
    }
    assertThat(deliveries("failed")).isEmpty();
  }

  private static String netSnmp(String[] security) {
    StringBuilder text = new StringBuilder();
    if (security.length > 1) {
      text.append(security[1].replaceFirst("SHA(\\d)", "SHA-$1")).append(" authpass12 ");
    }
    if (security.length > 2) {
      text.append(security[2].replaceFirst("AES(\\d)", "AES-$1")).append(" privpass12");
    }
    return text.toString();
  }

  private List<JsonNode> deliveries(String state) {
    List<JsonNode> found = new ArrayList<>();
    RestClient.Answer answer = rest.get("/overt/api/notifications?state=" + state);
    assertThat(answer.status()).isEqualTo(200);
    answer.document().path("notifications").forEach(found::add);
    return found;
  }

  @Test
  void whatWasGivenUpIsShownAndCanBeSentAfterAll() throws IOException {
    try (TrapReceiver receiver = TrapReceiver.numeric("authCommunity log public")) {
      String[] settings = {
        "SNMP_MANAGERS_late=" + receiver.manager(),
        "SNMP_INFORM=yes",
        "SNMP_TIMEOUT=200ms",
        "SNMP_RETRIES=0",
        "FILTER=\"include:USER_ADD_TAG(snmp:late) ${FILTER}\"",
        "DAYS_TO_SEND_ON_STARTUP=0"
      };
      receiver.kill();
      configure(settings);
      addTag("dead-letter");
      Await.until(
          "the inform fails", PATIENCE, () -> deliveries("failed"), failed -> failed.size() == 1);
      // What was there before the notifier started is old by this setting.
      configure(settings);
      JsonNode dead =
          Await.until("it is given up", PATIENCE, () -> deliveries("dead"), all -> !all.isEmpty())
              .getFirst();
      assertThat(dead.path("recipient").asText()).isEqualTo("late");
      assertThat(dead.path("last_error").asText())
          .startsWith("no acknowledgement after 1 attempts");
      Await.until(
          "an event says so",
          () -> rest.get("/api/events?search=severity%3Derror&max=5").document().toString(),
          events -> events.contains("Notifications for snmp:late at " + receiver.manager()));
      receiver.restart();
      Map<String, Object> arguments = Map.of("recipient", "snmp:late");
      assertThat(engine.channel().call("notifier replay", arguments)).containsEntry("replayed", 1L);
      Map<String, String> trap = await(receiver, any -> true);
      assertThat(trap.get(OID + ".2.1.5")).contains("dead-letter");
      assertThat(trap)
          .containsEntry(OID + ".2.1.1", "STRING: \"" + dead.path("event").asText() + "\"");
      assertThat(engine.channel().call("notifier test", Map.of()))
          .containsEntry(
              "results",
              List.of(Map.of("recipient", "snmp:late", "target", receiver.manager(), "error", "")));
    }
  }

  @Test
  void settingsThatCannotBeUsedAreRefusedAndChangeNothing() {
    assertThatThrownBy(() -> configure("SNMP_MANAGERS=localhost:70000"))
        .hasMessageContaining("SNMP_MANAGERS is 'localhost:70000'")
        .hasMessageContaining("a port from 1 to 65535");
  }
}
