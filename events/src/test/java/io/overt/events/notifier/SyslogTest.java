package io.overt.events.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SyslogTest {
  private static final String FORM =
      "<30>1 \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z \\S+ overt \\d+ USER_ADD_VM"
          + " \\[event@32473 index=\"1\" code=\"34\" name=\"USER_ADD_VM\" severity=\"normal\""
          + " status=\"alertMessage\" user=\"admin@internal-authz\" vm=\"a\\\\\"b\\\\]\"\\]"
          + " \uFEFFVM a\"b\\]: new, added by admin@internal-authz\\.";

  @Test
  void anEventIsAMessageByUdp() throws Exception {
    try (DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        NotifierFixture fixture =
            new NotifierFixture(
                "SYSLOG_SERVER=127.0.0.1:" + socket.getLocalPort(),
                "FILTER=\"include:*(syslog:) ${FILTER}\"")) {
      socket.setSoTimeout(20_000);
      fixture.report("USER_ADD_VM", "a\"b]");
      DatagramPacket packet = new DatagramPacket(new byte[4_000], 4_000);
      socket.receive(packet);
      assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
          .matches(FORM);
    }
  }

  @Test
  void messagesByTcpSayHowLongTheyAre() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        NotifierFixture fixture =
            new NotifierFixture(
                "SYSLOG_SERVER_log=127.0.0.1:" + server.getLocalPort(),
                "SYSLOG_PROTOCOL_log=tcp",
                "FILTER=\"include:*(syslog:log) ${FILTER}\"")) {
      server.setSoTimeout(20_000);
      fixture.report("USER_ADD_VM", "a\"b]");
      try (Socket socket = server.accept()) {
        InputStream input = socket.getInputStream();
        byte[] all = input.readAllBytes();
        String text = new String(all, StandardCharsets.UTF_8);
        int blank = text.indexOf(' ');
        assertThat(Integer.parseInt(text.substring(0, blank))).isEqualTo(all.length - blank - 1);
        assertThat(text.substring(blank + 1)).matches(FORM);
      }
      NotifierFixture.await(
          "it counts as sent", () -> fixture.notifier().deliveries("sent", 10).size() == 1);
    }
  }
}
