package io.overt.events.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten thousand events at once: every trap leaves, and nobody gets ten thousand mails. */
class StormTest {
  private static final int EVENTS = 10_000;
  private static final int TOGETHER = 200;
  private static final Pattern DIGEST = Pattern.compile("\\[(\\d+) events]");

  @Test
  void aStormBecomesFewMailsAndAllTraps() throws Exception {
    AtomicInteger traps = new AtomicInteger();
    GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    try (DatagramSocket receiver =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        NotifierFixture fixture =
            new NotifierFixture(
                "MAIL_SERVER=127.0.0.1",
                "MAIL_PORT=" + mail.getSmtp().getPort(),
                "MAIL_DIGEST_INTERVAL_SECONDS=2",
                "SNMP_MANAGERS=127.0.0.1:" + receiver.getLocalPort(),
                "SNMP_RATE=5000",
                "FILTER=\"include:USER_ADD_VM(smtp:ops@example.com) include:*(snmp:)\"")) {
      Thread.ofVirtual().start(() -> count(receiver, traps));
      for (int first = 0; first < EVENTS; first += TOGETHER) {
        List<String> names =
            IntStream.range(first, first + TOGETHER).mapToObj(number -> "vm-" + number).toList();
        fixture.report("USER_ADD_VM", names);
      }
      NotifierFixture.await("all traps come", () -> traps.get() >= EVENTS);
      NotifierFixture.await("nothing waits", () -> fixture.notifier().awaited().isEmpty());
      assertThat(traps).hasValue(EVENTS);
      List<String> subjects =
          Arrays.stream(mail.getReceivedMessages())
              .map(
                  message -> {
                    try {
                      return message.getSubject();
                    } catch (jakarta.mail.MessagingException e) {
                      throw new AssertionError(e);
                    }
                  })
              .toList();
      int told = subjects.stream().map(DIGEST::matcher).mapToInt(StormTest::count).sum();
      assertThat(told).as("events in mails").isEqualTo(EVENTS);
      assertThat(subjects).as("mails").hasSizeLessThan(40);
      System.out.printf("%d events: %d traps, %d mails%n", EVENTS, traps.get(), subjects.size());
    } finally {
      mail.stop();
    }
  }

  private static int count(Matcher subject) {
    return subject.find() ? Integer.parseInt(subject.group(1)) : 1;
  }

  private static void count(DatagramSocket receiver, AtomicInteger traps) {
    DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
    try {
      receiver.setReceiveBufferSize(4 << 20);
      while (true) {
        receiver.receive(packet);
        traps.incrementAndGet();
      }
    } catch (SocketException closed) {
      return;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
