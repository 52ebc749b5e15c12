package io.overt.vdsmrpc;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The server's side of CONNECT: version and heart-beats are agreed on, in bounded time. */
final class Handshake {
  private static final String VERSION = "1.2";
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final StompConnection stomp;

  Handshake(StompConnection stomp) {
    this.stomp = stomp;
  }

  /**
   * Reads CONNECT and answers CONNECTED; ends the phase in which that has to come.
   *
   * @return the {@code host} header, empty without one
   * @throws IOException when the first frame is no CONNECT, or one this server does not understand
   */
  String accept() throws IOException {
    StompFrame frame = stomp.read();
    stomp.deadlines().phaseEnded();
    if (frame == null) {
      throw new EOFException("Closed before CONNECT");
    }
    if (!frame.command().equals(StompFrame.CONNECT) && !frame.command().equals(StompFrame.STOMP)) {
      throw refusal("CONNECT is expected first");
    }
    String version = frame.header("accept-version");
    if (!VERSION.equals(version)) {
      throw refusal("Version unsupported");
    }
    HeartBeat asked = HeartBeat.parse(frame.headers().getOrDefault("heart-beat", "0,0"));
    HeartBeat answer = asked.answer();
    stomp.send(
        StompFrame.of(StompFrame.CONNECTED, "version", VERSION, "heart-beat", answer.toString()));
    stomp.heartBeats(answer.sends(), answer.wants());
    return frame.headers().getOrDefault("host", "");
  }

  private IOException refusal(String message) {
    stomp.send(
        StompFrame.withBody(
            StompFrame.ERROR,
            message.getBytes(StandardCharsets.UTF_8),
            "message",
            message,
            "content-type",
            "text/plain"));
    stomp.closeAfterSending(LAST_WORDS);
    return new MalformedFrameException(message);
  }
}
