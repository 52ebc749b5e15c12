package io.overt.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.model.types.Vm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapingTest {
  @Test
  void xmlReplacesWhatItCannotCarry() throws IOException {
    Vm vm =
        new Vm()
            .id("\"<\t\n\u0001>")
            .name("\u0000a\u0008\u001f\uFFFE\uD800b\uDC00\u007f\r\n\t<&>\"");
    assertThat(xml(vm))
        .contains("<vm id=\"&quot;&lt;&#9;&#10;\uFFFD&gt;\">")
        .contains(
            "<name>\uFFFDa\uFFFD\uFFFD\uFFFD\uFFFDb\uFFFD\u007f&#13;\n\t&lt;&amp;&gt;\"</name>");
  }

  @Test
  void jsonEscapesControlCharactersAndReplacesLoneSurrogates() throws IOException {
    Vm vm = new Vm().name("\"\\/\b\f\n\r\t\u0001\u001f\u0000\uD800<\u2028");
    assertThat(json(vm))
        .contains("\"name\" : \"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\uFFFD\uFFFD<\u2028\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_300, 32_700, 48_900, 100_000})
  void textsAcrossTheBufferSurvive(int length) throws IOException {
    for (int shift = 0; shift < 40; shift++) {
      String text = "x".repeat(length - shift) + "é漢\uD83D\uDE80&<\u0007".repeat(20);
      Vm vm = new Vm().name(text);
      String readable = text.replace('\u0007', '\uFFFD');
      assertThat(((Vm) XmlCodec.read(Vm.TYPE, new ByteArrayInputStream(bytes(xml(vm))))).name())
          .isEqualTo(readable);
      assertThat(((Vm) JsonCodec.fromText(Vm.TYPE, JsonCodec.toText(vm).getBytes(UTF_8))).name())
          .isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z",
    "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
    "2000-02-29T12:34:56.7Z, 2000-02-29T12:34:56.700Z",
    "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z",
    "+12345-01-01T00:00:00Z, 12345-01-01T00:00:00.000Z",
  })
  void datesHaveThreeFractionDigits(String instant, String written) throws IOException {
    assertThat(xml(new Vm().creationTime(Instant.parse(instant))))
        .contains("<creation_time>" + written + "</creation_time>");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, -1, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE})
  void integersAreWrittenInFull(long number) throws IOException {
    assertThat(xml(new Vm().memory(number))).contains("<memory>" + number + "</memory>");
    assertThat(json(new Vm().memory(number))).contains("\"memory\" : \"" + number + "\"");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String xml(Vm vm) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XmlCodec.write(vm, Decorator.NONE, bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String json(Vm vm) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonCodec.write(vm, Decorator.NONE, bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
