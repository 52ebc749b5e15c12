package io.overt.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.rest.http.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AbuseTest {
  private static Running running;

  @BeforeAll
  static void start() {
    running =
        new Running(
            ApiServerConfig.DEFAULT.withLimits(
                new Limits(
                    10 << 20,
                    8 << 10,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    200,
                    50,
                    2)));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static String head(String method, String path, String... headers) {
    StringBuilder head = new StringBuilder(method + " /ovirt-engine/api" + path + " HTTP/1.1\r\n");
    head.append("Host: localhost\r\nAuthorization: ").append(Running.BASIC).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  private static void assertStillWell() {
    assertThat(running.get("/vms/1").statusCode()).isEqualTo(200);
  }

  @Test
  void announcedLargeBodyIsRefusedAtOnce() throws Exception {
    String answer =
        running.raw(
            head("POST", "/vms", "Content-Type: application/xml", "Content-Length: " + (50 << 20)));
    assertThat(answer)
        .startsWith("HTTP/1.1 413")
        .contains("<fault>")
        .contains("more than the allowed 10485760 bytes");
    assertStillWell();
  }

  @Test
  void unannouncedLargeBodyIsCutOff() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", running.server.httpPort())) {
      socket.setSoTimeout(10_000);
      OutputStream output = socket.getOutputStream();
      output.write(
          head("POST", "/vms", "Content-Type: application/xml", "Transfer-Encoding: chunked")
              .getBytes(StandardCharsets.US_ASCII));
      byte[] chunk =
          ("100000\r\n" + "x".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      int sent = 0;
      try {
        for (; sent < 50; sent++) {
          output.write(chunk);
        }
      } catch (IOException e) {
        // closed by the server: what the test hopes for
      }
      String answer = Running.drain(socket.getInputStream());
      assertThat(sent < 50 || answer.startsWith("HTTP/1.1 413")).isTrue();
    }
    assertStillWell();
  }

  @Test
  void tooManyHeaderBytesAreRefused() throws Exception {
    assertThat(running.raw(head("GET", "/vms", "X-Long: " + "x".repeat(10_000))))
        .startsWith("HTTP/1.1 431")
        .doesNotContain("jetty");
    assertThat(running.raw(head("GET", "/vms?" + "x".repeat(10_000)))).startsWith("HTTP/1.1 414");
    assertThat(running.raw("\u0016\u0003\u0001nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertStillWell();
  }

  @Test
  void headersThatNeverEndAreGivenUp() throws Exception {
    long start = System.nanoTime();
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int index = 0; index < 60; index++) {
        Socket socket = new Socket("127.0.0.1", running.server.httpPort());
        socket.setSoTimeout(10_000);
        sockets.add(socket);
      }
      boolean open = true;
      for (int tick = 0; open && tick < 80; tick++) {
        open = false;
        for (Socket socket : sockets) {
          open |= drip(socket);
        }
        assertStillWell();
        Thread.sleep(100);
      }
      assertThat(open).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Sends one more byte; false when the server has closed. */
  private static boolean drip(Socket socket) {
    try {
      socket.getOutputStream().write('G');
      socket.getOutputStream().flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void bodyThatNeverEndsIsGivenUp() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", running.server.httpPort())) {
      socket.setSoTimeout(10_000);
      OutputStream output = socket.getOutputStream();
      output.write(
          head("POST", "/vms", "Content-Type: application/xml", "Content-Length: 1000")
              .getBytes(StandardCharsets.US_ASCII));
      Thread.ofVirtual()
          .start(
              () -> {
                for (int tick = 0; tick < 60 && drip(socket); tick++) {
                  try {
                    Thread.sleep(100);
                  } catch (InterruptedException e) {
                    return;
                  }
                }
              });
      InputStream input = socket.getInputStream();
      byte[] first = input.readNBytes(12);
      assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
    }
    assertStillWell();
  }

  /** The client sends its next request on the connection, as pooled clients do. */
  @Test
  void bodyThatNobodyAskedForDoesNotEndTheConnection() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", running.server.httpPort())) {
      socket.setSoTimeout(10_000);
      OutputStream output = socket.getOutputStream();
      output.write(
          head("POST", "/vms", "Content-Type: text/plain", "Content-Length: 5")
              .getBytes(StandardCharsets.US_ASCII));
      Thread.sleep(50);
      output.write("later".getBytes(StandardCharsets.US_ASCII));
      output.write(head("HEAD", "/vms/1", "Connection: close").getBytes(StandardCharsets.US_ASCII));
      assertThat(Running.drain(socket.getInputStream()))
          .startsWith("HTTP/1.1 415")
          .contains("HTTP/1.1 200");
    }
  }

  @Test
  void unaskedBodyThatDoesNotArriveEndsTheConnection() throws Exception {
    String unknown = head("POST", "/vms", "Content-Length: 5").replace(Running.BASIC, "Basic eDp5");
    assertThat(running.raw(unknown))
        .startsWith("HTTP/1.1 401")
        .containsIgnoringCase("\r\nConnection: close\r\n");
    assertStillWell();
  }

  @Test
  void bombsAndNonsenseAreFaults() {
    StringBuilder laughs =
        new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE vm [<!ENTITY l0 \"ha\">");
    for (int level = 1; level < 20; level++) {
      laughs.append("<!ENTITY l").append(level).append(" \"");
      laughs.append(("&l" + (level - 1) + ";").repeat(10)).append("\">");
    }
    laughs.append("]><vm><name>&l19;</name></vm>");
    String external =
        "<?xml version=\"1.0\"?><!DOCTYPE vm [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
            + "<vm><name>&x;</name></vm>";
    String deep = "<vm>".repeat(100_000);
    for (String body : new String[] {laughs.toString(), external, deep, "\u0000\u0001", "<"}) {
      assertThat(running.xml("POST", "/vms", body).statusCode()).isEqualTo(400);
    }
    for (String body :
        new String[] {"[".repeat(100_000), "{\"name\":" + "1".repeat(5_000) + "}", "nul"}) {
      assertThat(running.api("POST", "/vms", body, "Content-Type", "application/json").statusCode())
          .isEqualTo(400);
    }
    assertThat(running.system.vms.keySet()).doesNotContain("root");
    assertStillWell();
  }

  @Test
  void streamsAreLimited() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      String last = "";
      for (int index = 0; index < 3; index++) {
        Socket socket = new Socket("127.0.0.1", running.server.httpPort());
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        socket
            .getOutputStream()
            .write(
                head("GET", "/events", "Accept: text/event-stream")
                    .getBytes(StandardCharsets.US_ASCII));
        last = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      }
      assertThat(last).isEqualTo("HTTP/1.1 503");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    assertStillWell();
  }
}
