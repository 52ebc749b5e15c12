package io.overt.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TlsConnectionsTest {
  @Test
  void longAnswersArriveWholeWhereTheClientReadsSlowly() throws Exception {
    try (Running running = new Running()) {
      for (int index = 0; index < 3_000; index++) {
        running.system.addVm("large-" + index, "large-" + index);
      }
      String plain = running.get("/vms").body();
      assertThat(plain.length()).isGreaterThan(8 << 20);
      assertThat(slowly(running, "/ovirt-engine/api/vms")).isEqualTo(plain);
    }
  }

  /** With so little room for what arrives that the server has to wait in the middle. */
  private static String slowly(Running running, String path)
      throws IOException, InterruptedException {
    try (SSLSocket socket =
        (SSLSocket) running.client.sslContext().getSocketFactory().createSocket()) {
      socket.setReceiveBufferSize(8_192);
      socket.setSoTimeout(10_000);
      socket.connect(new InetSocketAddress("localhost", running.server.httpsPort()), 10_000);
      String request = "GET " + path + " HTTP/1.0\r\nAuthorization: " + Running.BASIC + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      Thread.sleep(200);
      String answer = Running.drain(socket.getInputStream());
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }
}
