package io.overt.vdsmrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void parsesEveryKindOfValue() {
    Object value =
        Json.parse(
            "{\"s\":\"é\\n\",\"i\":2148550789,\"b\":18446744073709551615,\"d\":1.5,\"e\":[true,null,{}]}");

    assertThat(value)
        .isEqualTo(
            Map.of(
                "s",
                "é\n",
                "i",
                2148550789L,
                "b",
                new BigInteger("18446744073709551615"),
                "d",
                1.5,
                "e",
                Arrays.asList(true, null, Map.of())));
  }

  @Test
  void printsWhatItParses() {
    String text =
        "{\"s\":\"é\\n\\\"\",\"i\":-1,\"b\":18446744073709551615,\"d\":1.5,\"e\":[true,null,{}]}";

    assertThat(Json.text(Json.parse(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "{", "[1,", "{\"a\":1}x", "1 2", "nul", "{\"a\"}", "[1}", "\"\u0001\""})
  void refusesWhatIsNotOneJsonValue(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(Json.MalformedJsonException.class);
  }

  @Test
  void refusesBytesThatAreNoUtf8AndNestingWithoutEnd() {
    assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xff, '"'}))
        .isInstanceOf(Json.MalformedJsonException.class);
    assertThatThrownBy(() -> Json.parse("[".repeat(5000)))
        .isInstanceOf(Json.MalformedJsonException.class);
  }

  @Test
  void neverRepeatsTheTextInAMessage() {
    assertThatThrownBy(() -> Json.parse("{\"password\":secret}"))
        .hasMessageNotContaining("secret")
        .hasMessageContaining("line 1");
  }

  @Test
  void namesThePathOfAValueWithoutAForm() {
    assertThatThrownBy(() -> Json.print(Map.of("a", List.of(1, new Object()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[a, 1]");
    assertThatThrownBy(() -> Json.print(List.of(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.print(Map.of(1, 2))).isInstanceOf(IllegalArgumentException.class);
  }
}
