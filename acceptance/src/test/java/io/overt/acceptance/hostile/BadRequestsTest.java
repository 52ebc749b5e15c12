package io.overt.acceptance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.acceptance.EngineFixture;
import io.overt.acceptance.SharedEngine;
import io.overt.acceptance.hostile.Wire.Reply;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that break HTTP's rules or stretch them. */
@ExtendWith(SharedEngine.class)
@Timeout(60)
class BadRequestsTest {
  private static final String VMS = Wire.API + "/vms";

  private final Wire wire;

  BadRequestsTest(EngineFixture engine) {
    this.wire = new Wire(engine);
  }

  @Test
  void tooMuchOfAHeadIsRefused() {
    assertThat(wire.get(VMS, "X-Long: " + "x".repeat(10_000)).status()).isEqualTo(431);
    String[] many = new String[400];
    for (int index = 0; index < many.length; index++) {
      many[index] = "X-Header-" + index + ": some words of a value";
    }
    assertThat(wire.get(VMS, many).status()).isEqualTo(431);
    assertThat(wire.get(VMS + "?search=" + "x".repeat(10_000)).status()).isEqualTo(414);
    assertThat(wire.get(VMS + "/" + "x".repeat(7_000)).status()).isEqualTo(404);
    assertThat(wire.well()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ovirt-engine/api/vms/../../../../etc/passwd",
        "/../../../../etc/passwd",
        "/ovirt-engine/api/vms/%2e%2e/tags",
        "/ovirt-engine/api/vms/%2e%2e%2ftags",
        "/ovirt-engine/api/vms/%252e%252e/tags",
        "/ovirt-engine/api/vms/%c0%ae%c0%ae/tags",
        "/ovirt-engine/api/vms/..%5c..%5ctags",
        "/ovirt-engine/api/vms/%00",
        "/ovirt-engine/api/vms/%00.json",
        "/ovirt-engine/api//vms",
        "/ovirt-engine//api/vms",
        "//ovirt-engine/api/vms",
        "/ovirt-engine/api/vms//",
        "/ovirt-engine/api/vms/%0d%0aX-Injected:%20yes",
        "/ovirt-engine/api/vms/%zz",
        "/ovirt-engine/api/vms/%",
        "/ovirt-engine/api/;x=1/vms/nothing",
        "/ovirt-engine/api/VMS",
        "/OVIRT-ENGINE/api/vms",
        "/ovirt-engine/apix/vms",
        "/ovirt-engine/api/vms/'%20or%201=1",
        "/ovirt-engine/sso/../api/../../etc/passwd",
        "/ovirt-engine/services/pki-resource/../../../etc/passwd",
        "/ca.crt/../etc/passwd",
        "vms",
        "http://elsewhere.example.org/ovirt-engine/api/nothing"
      })
  void trickyPathsLeadNowhere(String path) {
    Reply reply = wire.get(path);
    assertThat(reply.status()).as(reply.toString()).isIn(400, 404);
    assertThat(reply.head() + reply.body())
        .doesNotContain("root:")
        .doesNotContainIgnoringCase("\nX-Injected");
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, 405",
    "PROPFIND, 405",
    "FROB, 405",
    "CONNECT, 400",
    "TRACE, 405",
    "DELETE, 405",
    "get, 405",
    "G{T, 400"
  })
  void unknownMethodsAreRefused(String method, int status) {
    Reply reply = wire.raw(wire.head(method, VMS));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    if (status == 405) {
      assertThat(reply.header("Allow")).contains("GET", "POST").doesNotContain("PATCH");
    }
  }

  /** As recorded, a search that cannot be understood finds nothing, and a bad number is none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "max=lots",
        "max=99999999999999999999",
        "case_sensitive=maybe",
        "search=name%3D",
        "search=nosuch%3D1",
        "search=%28name%3Dx",
        "search=name%3D%27%3Bdrop%20table%20x%3B--",
        "search=%00%01",
        "nosuch=1",
        "&&&===&",
        "max=1&max=2"
      })
  void parametersThatMeanNothingAreHarmless(String query) {
    assertThat(wire.get(VMS + "?" + query).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/tags/00000000-0000-0000-0000-000000000000?follow=nosuch, nosuch",
    "/tags?search=%ff, ''",
    "/vms?search=%, ''",
    "/events?max=-1, -1",
    "/vms?search=page%200, page"
  })
  void parametersThatAreWrongAreNamed(String path, String word) {
    Reply reply = wire.get(Wire.API + path, "Accept: application/json");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    assertThat(reply.body()).contains(word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -1",
        "Content-Length: 1x",
        "Content-Length: 99999999999999999999",
        "Content-Length: 5|Content-Length: 6",
        "Content-Length: 5|Transfer-Encoding: chunked",
        "Transfer-Encoding: nonsense",
        "Transfer-Encoding: chunked, identity",
        "No colon here",
        "Bad\u0000Name: x",
        "X-Folded: a|  b",
        ": empty name"
      })
  void brokenHeadersAreRefused(String headers) {
    String head =
        wire.head("POST", VMS, ("Content-Type: application/json|" + headers).split("\\|"));
    Reply reply = wire.raw(head + "hello");
    assertThat(reply.status()).as(reply.toString()).isIn(400, 413, 501);
    assertThat(wire.well()).isTrue();
  }

  @Test
  void aRequestWithoutHostOrOfAnotherVersionIsRefused() {
    assertThat(wire.raw("GET " + VMS + " HTTP/1.1\r\n\r\n").status()).isEqualTo(400);
    assertThat(wire.raw("GET " + VMS + " HTTP/3.7\r\nHost: x\r\n\r\n").status()).isIn(400, 505);
    assertThat(wire.raw("GET " + VMS + "\r\n\r\n").status()).isNotEqualTo(200);
    assertThat(wire.raw("\u0000\u0001\u0002\r\n\r\n").status()).isEqualTo(400);
    assertThat(wire.raw("\r\n".repeat(9_000)).status()).isNotEqualTo(200);
  }

  @Test
  void aBodyOfAnotherLengthThanAnnouncedIsNoRequestOfItsOwn() throws IOException {
    // longer than announced: what is left over is not taken for another request's answer
    Reply reply =
        wire.raw(
            wire.head("POST", VMS, "Content-Type: application/json", "Content-Length: 2")
                + "{}GET /ovirt-engine/api/tags HTTP/1.1\r\n\r\n");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).doesNotContain("<tags>");
    // shorter: the client leaves in the middle
    try (Socket socket = wire.connect()) {
      String head = wire.head("POST", VMS, "Content-Type: application/json", "Content-Length: 90");
      socket.getOutputStream().write((head + "{").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }
    String chunked =
        wire.head("POST", VMS, "Content-Type: application/json", "Transfer-Encoding: chunked");
    assertThat(wire.raw(chunked + "zz\r\n{}\r\n0\r\n\r\n").status()).isEqualTo(400);
    assertThat(wire.raw(chunked + "fffffffffffffffff\r\n{}").status()).isIn(400, 413);
    assertThat(wire.well()).isTrue();
  }

  @Test
  void formsThatAreNotSpokenAreRefused() {
    assertThat(wire.get(VMS, "Accept: image/png").status()).isEqualTo(406);
    assertThat(wire.get(VMS, "Version: 99").status()).isEqualTo(400);
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "image/png")) {
      String head = wire.head("POST", VMS, "Content-Type: " + type, "Content-Length: 2");
      assertThat(wire.raw(head + "{}").status()).as(type).isEqualTo(415);
    }
    String zipped =
        wire.head(
            "POST",
            VMS,
            "Content-Type: application/json",
            "Content-Encoding: gzip",
            "Content-Length: 2");
    assertThat(wire.raw(zipped + "{}").status()).isEqualTo(415);
  }

  @Test
  void slowClientsAreCutAndOthersServed() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int index = 0; index < 40; index++) {
        Socket socket = wire.connect();
        slow.add(socket);
        String start =
            index % 2 == 0
                ? "GET " + VMS + " HTTP/1.1\r\nHost: localhost\r\n"
                : wire.head("POST", VMS, "Content-Type: application/json", "Content-Length: 999");
        socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
      long start = System.nanoTime();
      long slowest = 0;
      boolean open = true;
      while (open && System.nanoTime() - start < 30_000_000_000L) {
        open = false;
        for (int index = 0; index < slow.size(); index += 2) {
          open |= drip(slow.get(index));
        }
        for (int index = 1; index < slow.size(); index += 2) {
          drip(slow.get(index));
        }
        long asked = System.nanoTime();
        assertThat(wire.well()).isTrue();
        slowest = Math.max(slowest, System.nanoTime() - asked);
        Thread.sleep(500);
      }
      assertThat(open).as("heads that never end are given up").isFalse();
      assertThat(slowest).as("how long others wait").isLessThan(5_000_000_000L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** One more byte; false when the server has closed. */
  private static boolean drip(Socket socket) {
    try {
      socket.getOutputStream().write('x');
      socket.getOutputStream().flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
