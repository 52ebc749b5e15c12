package io.overt.vdsmrpc;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Bytes in, bytes out: a peer that knows nothing of this module's classes. */
final class RawPeer implements AutoCloseable {
  private final Socket socket;
  private final InputStream input;

  RawPeer(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    input = new java.io.BufferedInputStream(socket.getInputStream());
  }

  /** Sends text, in which {@code @} stands for NUL. */
  void send(String text) throws IOException {
    sendBytes(text.replace('@', '\0').getBytes(StandardCharsets.UTF_8));
  }

  void sendBytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** CONNECT and its answer, without heart-beats. */
  RawPeer connected() throws IOException {
    send("CONNECT\naccept-version:1.2\nheart-beat:0,0\nhost:localhost\n\n@");
    frame();
    return this;
  }

  void subscribe(String destination, String id) throws IOException {
    send("SUBSCRIBE\ndestination:" + destination + "\nack:auto\nid:" + id + "\n\n@");
  }

  void request(String replyTo, String body) throws IOException {
    send(
        "SEND\ndestination:jms.topic.vdsm_requests\nreply-to:%s\ncontent-length:%d\n\n%s@"
            .formatted(replyTo, body.getBytes(StandardCharsets.UTF_8).length, body));
  }

  /** The next frame up to its NUL, shown as {@code @}; leading heart-beats are dropped. */
  String frame() throws IOException {
    var text = new java.io.ByteArrayOutputStream();
    for (int next = input.read(); ; next = input.read()) {
      if (next < 0) {
        throw new IOException("closed after: " + text);
      }
      if (next == '\n' && text.size() == 0) {
        continue;
      }
      text.write(next == 0 ? '@' : next);
      if (next == 0) {
        return text.toString(StandardCharsets.UTF_8);
      }
    }
  }

  /** The next frame's body. */
  String body() throws IOException {
    String frame = frame();
    return frame.substring(frame.indexOf("\n\n") + 2, frame.length() - 1);
  }

  /** The next byte, or -1 when the other side has closed (or reset) the connection. */
  int next() throws IOException {
    try {
      return input.read();
    } catch (java.net.SocketException reset) {
      return -1;
    }
  }

  /** Says that nothing more will come, and still reads. */
  void endInput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
