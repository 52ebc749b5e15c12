package io.overt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.model.ApiFault;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.model.types.Action;
import io.overt.model.types.Boot;
import io.overt.model.types.BootDevice;
import io.overt.model.types.Cluster;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Value;
import io.overt.model.types.Vm;
import io.overt.model.types.VmType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReaderTest {
  @Test
  void numbersAndBooleansMayBeTextOrNot() throws IOException {
    Vm expected = new Vm().memory(1024L).stateless(true).deleteProtected(false);
    assertThat(
            read(
                Vm.TYPE,
                "{\"memory\": \"1024\", \"stateless\": \"true\", \"delete_protected\": \"0\"}"))
        .isEqualTo(expected);
    assertThat(read(Vm.TYPE, "{\"memory\": 1024, \"stateless\": true, \"delete_protected\": 0}"))
        .isEqualTo(expected);
    assertThat(read(Value.TYPE, "{\"datum\": \"12.50\"}"))
        .isEqualTo(read(Value.TYPE, "{\"datum\": 12.50}"))
        .isEqualTo(new Value().datum(new BigDecimal("12.50")));
  }

  @Test
  void datesMayBeMillisecondsOrIsoText() throws IOException {
    Vm expected = new Vm().creationTime(Instant.ofEpochMilli(1_700_000_000_123L));
    assertThat(read(Vm.TYPE, "{\"creation_time\": 1700000000123}")).isEqualTo(expected);
    assertThat(read(Vm.TYPE, "{\"creation_time\": \"1700000000123\"}")).isEqualTo(expected);
    assertThat(read(Vm.TYPE, "{\"creation_time\": \"2023-11-14T22:13:20.123Z\"}"))
        .isEqualTo(expected);
    assertThat(read(Vm.TYPE, "{\"creation_time\": \"2023-11-15T00:13:20.123+02:00\"}"))
        .isEqualTo(expected);
  }

  @Test
  void listsAreWrappedUnderTheNameOfTheirEntries() throws IOException {
    Struct vm =
        read(
            Vm.TYPE,
            "{\"type\": \"SERVER\", \"os\": {\"boot\": {\"devices\": {\"device\": [\"HD\"]}}},"
                + " \"nics\": {}}");
    assertThat(vm)
        .isEqualTo(
            new Vm()
                .type_(VmType.SERVER)
                .os(new OperatingSystem().boot(new Boot().devices(List.of(BootDevice.HD))))
                .nics(List.of()));
  }

  @Test
  void aNumberMayStandBetweenBlanksAndWithoutDigitsItIsAbsent() throws IOException {
    assertThat(read(Vm.TYPE, "{\"memory\": \" 1024 \"}")).isEqualTo(new Vm().memory(1024L));
    assertThat(read(Vm.TYPE, "{\"memory\": \"\", \"cpu_shares\": \" \"}")).isEqualTo(new Vm());
  }

  @Test
  void nullIsAbsentAndWhatTheServerAddsIsIgnored() throws IOException {
    Struct vm =
        read(
            Vm.TYPE,
            "{\"id\": \"5\", \"href\": \"/api/vms/5\", \"name\": null, \"link\": [{\"href\":"
                + " \"/x\", \"rel\": \"x\"}], \"actions\": {\"link\": []}, \"cluster\": {\"id\":"
                + " \"c\", \"href\": \"/c\"}}");
    assertThat(vm).isEqualTo(new Vm().id("5").cluster(new Cluster().id("c")));
    assertThat(vm.href()).isEqualTo("/api/vms/5");
    assertThat(read(Action.TYPE, "{}")).isEqualTo(new Action());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"nosuchfield\": {}}|Unknown property 'nosuchfield' in vm.",
        "{\"cpu\": {\"colour\": 1}}|Unknown property 'colour' in vm.cpu.",
        "{\"vm\": {\"name\": \"x\"}}|Unknown property 'vm' in vm.",
        "{\"type\": \"foo\"}|The value 'foo' of vm.type is not one of desktop, server, high_performance.",
        "{\"stateless\": \"yes\"}|The value 'yes' of vm.stateless is not a boolean: true, false, 1 or 0.",
        "{\"stateless\": \"\"}|The value '' of vm.stateless is not a boolean: true, false, 1 or 0.",
        "{\"type\": \" server\"}|The value ' server' of vm.type is not one of desktop, server, high_performance.",
        "{\"memory\": \"lots\"}|The value 'lots' of vm.memory is not a 64-bit integer.",
        "{\"memory\": 1.5}|The value '1.5' of vm.memory is not a 64-bit integer.",
        "{\"memory\": 9223372036854775808}|The value '9223372036854775808' of vm.memory is not a 64-bit integer.",
        "{\"creation_time\": \"soon\"}|The value 'soon' of vm.creation_time is not a date: epoch milliseconds or a text like 2023-11-14T22:13:20.123Z.",
        "{\"nics\": [{\"name\": \"x\"}]}|vm.nics is an array, expected an object {\"nic\": [...]}.",
        "{\"nics\": {\"nic\": {\"name\": \"x\"}}}|vm.nics.nic is an object, expected an array.",
        "{\"nics\": {\"disk\": []}}|Unknown property 'disk' in vm.nics, expected 'nic'.",
        "{\"nics\": {\"nic\": [null]}}|The value 'null' of vm.nics.nic is not an object.",
        "{\"cpu\": \"fast\"}|The value 'fast' of vm.cpu is not an object.",
        "{\"name\": {\"x\": 1}}|vm.name is an object, expected a text without NUL.",
        "[]|vm is an array, expected an object.",
        "{\"name\": \"x\"|The body is not well-formed JSON at line 1, column 13.",
        "{} {}|The body goes on after the end of the vm.",
        "~~|The body is empty, expected an object.",
      })
  void namesWhatIsWrong(String body, String detail) {
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(() -> read(Vm.TYPE, body))
        .satisfies(
            fault -> {
              assertThat(fault.detail()).isEqualTo(detail);
              assertThat(fault.reason()).isEqualTo("Request syntactically incorrect.");
              assertThat(fault.category()).isEqualTo(ApiFault.Category.BAD_PARAMETER);
            });
  }

  @Test
  void nulIsRefusedSinceNoXmlCouldCarryIt() {
    assertThatThrownBy(() -> read(Vm.TYPE, "{\"name\": \"a\\u0000b\"}"))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("a text without NUL");
  }

  @Test
  void nestingAndNumbersAreBounded() {
    String deep = "{\"vm\":{\"snapshots\":{\"snapshot\":[".repeat(20);
    assertThatThrownBy(() -> read(io.overt.model.types.Snapshot.TYPE, deep))
        .isInstanceOf(ApiFault.class);
    assertThatThrownBy(() -> read(Vm.TYPE, "{\"link\": " + "[".repeat(100_000)))
        .isInstanceOf(ApiFault.class);
    assertThatThrownBy(() -> read(Value.TYPE, "{\"datum\": 1E999999999}"))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("is not a decimal number");
    assertThatThrownBy(() -> read(Vm.TYPE, "{\"memory\": " + "9".repeat(10_000) + "}"))
        .isInstanceOf(ApiFault.class);
  }

  private static Struct read(StructType type, String body) throws IOException {
    return JsonCodec.read(type, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }
}
