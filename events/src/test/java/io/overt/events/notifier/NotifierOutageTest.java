package io.overt.events.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotifierOutageTest {
  private final Set<String> alive = new CopyOnWriteArraySet<>(Set.of("a", "b"));
  private DatagramSocket socket;

  /** One of two nodes that share a database. */
  private record Twin(String id, Set<String> alive) implements Peers {
    @Override
    public long epoch() {
      return 1;
    }

    @Override
    public boolean holds() {
      return alive.contains(id);
    }
  }

  @BeforeEach
  void listen() throws Exception {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void close() {
    socket.close();
  }

  private String receive(int millis) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[4_000], 4_000);
    socket.setSoTimeout(millis);
    try {
      socket.receive(packet);
      return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    } catch (SocketTimeoutException e) {
      return "nothing";
    }
  }

  private String[] settings() {
    return new String[] {
      "SYSLOG_SERVER=127.0.0.1:" + socket.getLocalPort(),
      "INTERVAL_IN_SECONDS=1",
      "FILTER=include:*(syslog:)"
    };
  }

  @Test
  void whenTheDatabaseIsAwayWhomTheFilterNamesHearsOfIt() throws Exception {
    try (NotifierFixture fixture = new NotifierFixture(settings())) {
      fixture.report("USER_ADD_VM", "before");
      assertThat(receive(20_000)).contains("USER_ADD_VM");
      fixture.dropDatabase();
      assertThat(receive(20_000)).contains("<27>1 ", " DATABASE_UNREACHABLE ");
    }
  }

  @Test
  void oneNodeDeliversAndTheOtherTakesOverWhenItIsGone() throws Exception {
    try (NotifierFixture a = new NotifierFixture(new Twin("a", alive), settings())) {
      a.report("USER_ADD_VM", "first");
      assertThat(receive(20_000)).contains("first");
      try (NotifierFixture b = a.another(new Twin("b", alive))) {
        b.report("USER_ADD_VM", "second");
        assertThat(receive(20_000)).contains("second");
        assertThat(receive(300)).as("what both nodes know of").isEqualTo("nothing");
        alive.remove("a");
        b.report("USER_ADD_VM", "third");
        assertThat(receive(20_000)).contains("third");
        assertThat(receive(300)).isEqualTo("nothing");
      }
    }
  }
}
