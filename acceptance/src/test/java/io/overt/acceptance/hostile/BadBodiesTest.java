package io.overt.acceptance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.acceptance.EngineFixture;
import io.overt.acceptance.SharedEngine;
import io.overt.acceptance.hostile.Wire.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that are no documents, or not of what they should be. */
@ExtendWith(SharedEngine.class)
@Timeout(60)
class BadBodiesTest {
  private static final String VMS = Wire.API + "/vms";
  private static final int MEBIBYTE = 1 << 20;

  private final EngineFixture engine;
  private final Wire wire;

  BadBodiesTest(EngineFixture engine) {
    this.engine = engine;
    this.wire = new Wire(engine);
  }

  private void assertFault(Reply reply, boolean json, String... words) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    assertThat(reply.json()).isEqualTo(json);
    assertThat(reply.body())
        .contains(json ? "\"reason\"" : "<reason>")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
    for (String word : words) {
      assertThat(reply.body()).contains(word);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"x\",\"nosuch\":1} | nosuch",
        "{\"name\":{\"a\":1}} | name",
        "{\"name\":[\"a\"]} | name",
        "{\"cluster\":\"Default\"} | cluster",
        "{\"cluster\":[]} | cluster",
        "{\"memory\":\"lots\"} | memory lots",
        "{\"memory\":1.5} | memory 1.5",
        "{\"memory\":99999999999999999999999999} | memory 99999999999999999999999999",
        "{\"memory\":true} | memory true",
        "{\"cpu\":{\"topology\":{\"cores\":\"x\"}}} | cores x",
        "{\"type\":\"superserver\"} | superserver desktop server high_performance",
        "{\"high_availability\":{\"enabled\":\"maybe\"}} | enabled maybe",
        "{\"creation_time\":\"yesterday\"} | creation_time yesterday",
        "{\"name\":\"a\",\"name\":\"b\"} | name",
        "{\"name\":\"a\" | For correct usage",
        "{\"name\":\"a\"}} | For correct usage",
        "{name:\"a\"} | For correct usage",
        "{\"name\":\"\\u0000\"} | For correct usage",
        "[] | For correct usage",
        "\"vm\" | For correct usage",
        "17 | For correct usage",
        "null | For correct usage",
        "NaN | For correct usage",
        "`` | For correct usage",
      })
  void jsonIsRefusedWithTheNameOfWhatIsWrong(String body, String words) {
    assertFault(wire.post(VMS, true, body), true, words.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<vm><nosuch/></vm> | nosuch",
        "<vm><name><b>x</b></name></vm> | name",
        "<vm><cluster>Default</cluster></vm> | cluster",
        "<vm><memory>lots</memory></vm> | memory lots",
        "<vm><memory>1.5</memory></vm> | memory 1.5",
        "<vm><memory>99999999999999999999</memory></vm> | memory 99999999999999999999",
        "<vm><type>superserver</type></vm> | superserver",
        "<vm><high_availability><enabled>maybe</enabled></high_availability></vm> | maybe",
        "<vm><creation_time>yesterday</creation_time></vm> | creation_time yesterday",
        "<vm><name>a</name><name>b</name></vm> | name",
        "<vm nosuch='1'/> | nosuch",
        "<tag><name>x</name></tag> | tag vm",
        "<vm><name>x | For",
        "<vm><name>x</vm></name> | For",
        "<vm/><vm/> | For",
        "<vm><name>&nosuch;</name></vm> | For",
        "<vm><name>&#0;</name></vm> | For",
        "text | For",
        "'' | For",
        "<?xml version='1.0' encoding='nosuch'?><vm/> | For",
        "<x:vm xmlns:x='urn:x'/> | For",
      })
  void xmlIsRefusedWithTheNameOfWhatIsWrong(String body, String words) {
    assertFault(wire.post(VMS, false, body), false, words.split(" "));
  }

  @Test
  void valuesThatNoMachineCanHaveAreNamed() {
    String start = "{\"name\":\"bad\",\"cluster\":{\"name\":\"Default\"},";
    String template = "\"template\":{\"name\":\"Blank\"}";
    assertFault(wire.post(VMS, true, start + template + ",\"memory\":-1}"), true, "memory", "-1");
    assertFault(
        wire.post(
            VMS, true, "{\"name\":\"a/b\",\"cluster\":{\"name\":\"Default\"}," + template + "}"),
        true,
        "name",
        "a/b");
    assertFault(
        wire.post(VMS, true, start + "\"template\":{\"id\":\"nonsense\"}}"), true, "nonsense");
    Reply none = wire.post(VMS, true, start + template + ",\"cpu\":{\"topology\":{\"cores\":0}}}");
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.body()).contains("vm.cpu.topology.cores 0 must be between 1 and 254");
    Reply missing =
        wire.post(
            VMS, true, "{\"name\":\"x\",\"cluster\":{\"name\":\"nowhere\"}," + template + "}");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.body()).contains("nowhere");
  }

  @Test
  void entitiesAreNeitherExpandedNorFetched() {
    StringBuilder laughs = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE vm [");
    laughs.append("<!ENTITY l0 \"ha\">");
    for (int level = 1; level < 30; level++) {
      laughs.append("<!ENTITY l").append(level).append(" \"");
      laughs.append(("&l" + (level - 1) + ";").repeat(10)).append("\">");
    }
    laughs.append("]><vm><name>&l29;</name></vm>");
    String external = "<!DOCTYPE vm [<!ENTITY x SYSTEM \"%s\">]><vm><name>&x;</name></vm>";
    List<String> bodies =
        List.of(
            laughs.toString(),
            external.formatted("file:///etc/passwd"),
            external.formatted("https://localhost:1/x"),
            "<!DOCTYPE vm SYSTEM \"file:///etc/passwd\"><vm/>",
            "<!DOCTYPE vm [<!ENTITY % p SYSTEM \"file:///etc/hostname\">%p;]><vm/>",
            "<!DOCTYPE vm><vm><name>harmless</name></vm>",
            "<vm xmlns:xi=\"http://www.w3.org/2001/XInclude\">"
                + "<xi:include href=\"file:///etc/passwd\" parse=\"text\"/></vm>");
    for (String body : bodies) {
      long start = System.nanoTime();
      Reply reply = wire.post(VMS, false, body);
      assertFault(reply, false);
      assertThat(reply.body()).doesNotContain("root:");
      assertThat(System.nanoTime() - start).as(body).isLessThan(5_000_000_000L);
    }
  }

  @Test
  void depthIsBounded() {
    int depth = 200_000;
    assertFault(wire.post(VMS, true, "[".repeat(depth)), true);
    assertFault(wire.post(VMS, true, "{\"cluster\":".repeat(depth)), true);
    assertFault(wire.post(VMS, true, "{\"nosuch\":" + "[".repeat(depth)), true);
    assertFault(wire.post(VMS, false, "<vm>".repeat(depth)), false);
    assertFault(wire.post(VMS, false, "<vm>" + "<template><vm>".repeat(depth) + "</vm>"), false);
    assertFault(wire.post(VMS, true, "{\"memory\":" + "9".repeat(1_000_000) + "}"), true);
    assertThat(wire.well()).isTrue();
  }

  @Test
  void textThatIsNoUtf8IsRefused() {
    byte[] json = "{\"name\":\"??\"}".getBytes(StandardCharsets.US_ASCII);
    json[9] = (byte) 0xc3;
    json[10] = (byte) 0x28;
    assertFault(wire.post(VMS, true, json), true);
    byte[] overlong = json.clone();
    overlong[9] = (byte) 0xc0;
    overlong[10] = (byte) 0xaf;
    assertFault(wire.post(VMS, true, overlong), true);
    byte[] xml = "<vm><name>??</name></vm>".getBytes(StandardCharsets.US_ASCII);
    xml[10] = (byte) 0xff;
    xml[11] = (byte) 0xfe;
    assertFault(wire.post(VMS, false, xml), false);
    // half a character, which JSON can write, is replaced
    String half = "{\"name\":\"half\",\"value\":\"\\ud800\"}";
    Reply kept = wire.post(Wire.API + "/bookmarks", true, half);
    assertThat(kept.status()).isEqualTo(201);
    assertThat(kept.body()).contains("half").doesNotContain("d800");
    assertThat(wire.get(Wire.API + "/bookmarks").body()).contains("half");
  }

  @Test
  void fiftyMebibytesAreRefusedAtOnceAndInLittleMemory() throws IOException {
    Reply announced =
        wire.raw(
            wire.head(
                "POST", VMS, "Content-Type: application/json", "Content-Length: " + 50 * MEBIBYTE));
    assertThat(announced.status()).isEqualTo(413);
    assertThat(announced.body()).contains("allowed " + engine.config().bodyLimit() + " bytes");
    long before = usedAfterCollection();
    for (String type : List.of("application/json", "application/xml")) {
      try (Socket socket = wire.connect()) {
        long sent = sendForEver(socket.getOutputStream(), type);
        Reply reply = Wire.read(socket);
        assertThat(sent < 50 || reply.status() == 413).as(type).isTrue();
      }
    }
    assertThat(usedAfterCollection() - before).isLessThan(24L * MEBIBYTE);
    assertThat(wire.well()).isTrue();
  }

  /** Sends a body of 50 MiB in chunks; answers how many MiB went before the server closed. */
  private long sendForEver(OutputStream output, String type) {
    String head = wire.head("POST", VMS, "Content-Type: " + type, "Transfer-Encoding: chunked");
    byte[] chunk =
        ("100000\r\n" + " ".repeat(MEBIBYTE) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    int sent = 0;
    try {
      output.write(head.getBytes(StandardCharsets.US_ASCII));
      while (sent < 50) {
        output.write(chunk);
        sent++;
      }
    } catch (IOException e) {
      // as hoped
    }
    return sent;
  }

  private static long usedAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
