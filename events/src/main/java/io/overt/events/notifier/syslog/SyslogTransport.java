package io.overt.events.notifier.syslog;

import io.overt.events.notifier.Notice;
import io.overt.events.notifier.NotifierKey;
import io.overt.events.notifier.Progress;
import io.overt.events.notifier.Settings;
import io.overt.events.notifier.Transport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages to syslog servers, by UDP (RFC 5426), or by TCP with octet counting (RFC 6587). By TCP a
 * batch counts as delivered when the server has closed the connection after it, which says that it
 * read to the end; or when it does not say anything for a while.
 */
public final class SyslogTransport implements Transport {
  private static final int BATCH = 100;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int ANSWER_MILLIS = 2_000;

  private final Map<String, SyslogServer> servers;
  private final String host;

  private SyslogTransport(Map<String, SyslogServer> servers, String host) {
    this.servers = servers;
    this.host = host;
  }

  /** The transport for the servers that the settings define; null when there is none. */
  public static @Nullable SyslogTransport of(Settings settings) {
    Map<String, SyslogServer> servers = new LinkedHashMap<>();
    for (String profile : settings.profiles(NotifierKey.SYSLOG_SERVER)) {
      servers.put(profile, SyslogServer.of(settings, profile));
    }
    return servers.isEmpty() ? null : new SyslogTransport(servers, hostName());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public String name() {
    return "syslog";
  }

  @Override
  public List<String> targets(String recipient) {
    return servers.containsKey(recipient) ? List.of("") : List.of();
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public Progress deliver(String recipient, String target, List<Notice> due)
      throws InterruptedException {
    SyslogServer server = servers.get(recipient);
    if (server == null) {
      return Progress.failed(0, "no syslog server is named '" + recipient + "' any more");
    }
    try {
      if (server.tcp()) {
        stream(server, due);
      } else {
        datagrams(server, due);
      }
      return Progress.done(due.size());
    } catch (IOException e) {
      return Progress.failed(0, e.toString());
    }
  }

  private void datagrams(SyslogServer server, List<Notice> due)
      throws IOException, InterruptedException {
    InetAddress address = InetAddress.getByName(server.host());
    try (DatagramSocket socket = new DatagramSocket()) {
      for (Notice notice : due) {
        byte[] message = SyslogMessage.of(notice, server.facility(), host);
        socket.send(new DatagramPacket(message, message.length, address, server.port()));
      }
    }
    if (due.size() == BATCH) {
      // Nobody says when it is too much for the receiver.
      Thread.sleep(BATCH / 2);
    }
  }

  private void stream(SyslogServer server, List<Notice> due) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      OutputStream output = new BufferedOutputStream(socket.getOutputStream());
      for (Notice notice : due) {
        byte[] message = SyslogMessage.of(notice, server.facility(), host);
        output.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
        output.write(message);
      }
      output.flush();
      socket.shutdownOutput();
      awaitEnd(socket);
    }
  }

  private static void awaitEnd(Socket socket) throws IOException {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketTimeoutException e) {
      // A server that keeps its side open has at least not refused anything.
      return;
    }
  }

  @Override
  public void close() {}
}
