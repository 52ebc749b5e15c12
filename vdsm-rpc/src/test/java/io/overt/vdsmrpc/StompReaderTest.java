package io.overt.vdsmrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StompReaderTest {

  @Test
  void skipsHeartBeatsAndCarriageReturnsBetweenFrames() throws IOException {
    StompReader reader =
        reader("\n\r\n\nSEND\r\ndestination:a\r\n\r\nx@\n\r\n\nDISCONNECT\nreceipt:7\n\n@\n");

    StompFrame send = reader.read();
    StompFrame disconnect = reader.read();

    assertThat(send.command()).isEqualTo("SEND");
    assertThat(send.headers()).isEqualTo(Map.of("destination", "a"));
    assertThat(send.body()).isEqualTo(bytes("x"));
    assertThat(disconnect.header("receipt")).isEqualTo("7");
    assertThat(reader.read()).isNull();
  }

  @Test
  void readsABodyWithNulsByItsContentLength() throws IOException {
    StompFrame frame = reader("SEND\ncontent-length:3\n\na@b@").read();

    assertThat(frame.body()).isEqualTo(new byte[] {'a', 0, 'b'});
  }

  @Test
  void countsBytesAndNotCharacters() throws IOException {
    StompFrame frame = reader("SEND\ncontent-length:2\n\né@").read();

    assertThat(frame.body()).isEqualTo(bytes("é"));
  }

  @Test
  void keepsTheFirstOfARepeatedHeader() throws IOException {
    StompFrame frame = reader("MESSAGE\nfoo:World\nfoo:Hello\n\n@").read();

    assertThat(frame.headers()).isEqualTo(Map.of("foo", "World"));
  }

  @Test
  void unescapesHeadersExceptInConnect() throws IOException {
    StompReader reader =
        reader("SEND\na\\cb:c\\\\d\\r\\n\\ce\nempty:\n\n@CONNECT\nhost:a\\cb:c\n\n@");

    assertThat(reader.read().headers()).isEqualTo(Map.of("a:b", "c\\d\r\n:e", "empty", ""));
    assertThat(reader.read().headers()).isEqualTo(Map.of("host", "a\\cb:c"));
  }

  @Test
  void readsBackWhatIsEncoded() throws IOException {
    var frame =
        StompFrame.withBody("MESSAGE", bytes("{\"a\":\"é\"}"), "x:y", "1:2\\3\n4\r5", "empty", "");

    StompFrame back = reader(frame.encoded()).read();

    assertThat(back.header("x:y")).isEqualTo("1:2\\3\n4\r5");
    assertThat(back.header("empty")).isEmpty();
    assertThat(back.header("content-length")).isEqualTo("10");
    assertThat(back.body()).isEqualTo(frame.body());
  }

  @Test
  void encodesConnectedWithoutBodyAndLength() {
    byte[] encoded =
        StompFrame.of("CONNECTED", "version", "1.2", "heart-beat", "15000,0").encoded();

    assertThat(encoded).isEqualTo(bytes("CONNECTED\nversion:1.2\nheart-beat:15000,0\n\n\0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\n\n@",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "SEND\nno colon\n\n@",
        "SEND\n:no name\n\n@",
        "SEND\na:\\t\n\n@",
        "SEND\na:\\\n\n@",
        "SEND\ncontent-length:-1\n\n@",
        "SEND\ncontent-length:+1\n\na@",
        "SEND\ncontent-length:99999999999999999999\n\n@",
        "SEND\ncontent-length:101\n\n@",
        "SEND\ncontent-length:1\n\nab@",
        "SEND\nx@\n\n@",
      })
  void refusesWhatIsNoFrame(String text) {
    assertThatThrownBy(reader(text)::read).isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void refusesLinesHeadersAndBodiesBeyondTheLimits() {
    assertThatThrownBy(reader("SEND\na:" + "x".repeat(8192) + "\n\n@")::read)
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("8192");
    assertThatThrownBy(reader("X".repeat(9000))::read)
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("command line");
    assertThatThrownBy(reader("SEND\n" + "a:b\n".repeat(65) + "\n@")::read)
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("64");
    assertThatThrownBy(reader("SEND\n\n" + "x".repeat(101) + "@")::read)
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("100");
  }

  @Test
  void refusesHeaderBytesThatAreNoUtf8() {
    byte[] text = "SEND\na:b\n\n\0".getBytes(StandardCharsets.US_ASCII);
    text[7] = (byte) 0xff;

    assertThatThrownBy(reader(text)::read).isInstanceOf(MalformedFrameException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SEN", "SEND\na:b", "SEND\n\nabc", "SEND\ncontent-length:5\n\nab"})
  void tellsAnEndInsideAFrameFromAnEndBetweenFrames(String text) {
    assertThatThrownBy(reader(text)::read).isInstanceOf(EOFException.class);
  }

  private static StompReader reader(String text) {
    return reader(bytes(text.replace('@', '\0')));
  }

  private static StompReader reader(byte[] bytes) {
    try {
      var limits = RpcLimits.defaults().withSizes(100, 1, 1);
      return new StompReader(new DeadlineInputStream(new OneWaySocket(bytes)), limits);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class OneWaySocket extends Socket {
    private final InputStream input;

    OneWaySocket(byte[] bytes) {
      input = new ByteArrayInputStream(bytes);
    }

    @Override
    public InputStream getInputStream() {
      return input;
    }

    @Override
    public void setSoTimeout(int timeout) {
      // Bytes in memory are always there.
    }
  }
}
