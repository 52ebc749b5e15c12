package io.overt.shell.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrinterTest {
  private static Map<String, Object> vm() {
    Map<String, Object> vm = new LinkedHashMap<>();
    vm.put("id", "1");
    vm.put("name", "web,01");
    vm.put("description", "a \"b\"\nc");
    vm.put("status", "up");
    vm.put("memory", 1024L);
    vm.put("cpu", Map.of("topology", Map.of("cores", 2L)));
    vm.put("devices", List.of("hd", "network"));
    vm.put("nics", List.of(Map.of("name", "eth0"), Map.of("name", "eth1")));
    return vm;
  }

  private static String list(String format) {
    return new Printer(Format.of(format), false)
        .list(List.of(vm()), List.of("name", "status", "nics.name"), false);
  }

  @Test
  void tablesAreAligned() {
    assertThat(list("table")).isEqualTo("NAME    STATUS  NICS.NAME\nweb,01  up      eth0,eth1\n");
  }

  @Test
  void ovirtShellsBlocksHaveAnEmptyLineBeforeAndBehind() {
    assertThat(list("text"))
        .isEqualTo(
            """

            id                : 1
            name              : web,01
            description       : a "b"
            c
            cpu-topology-cores: 2
            devices           : hd
            devices           : network
            memory            : 1024
            nics-name         : eth0
            nics-name         : eth1
            status-state      : up

            """);
  }

  @Test
  void programsGetWhatTheyCanRead() {
    assertThat(list("csv")).isEqualTo("name,status,nics.name\n\"web,01\",up,\"eth0,eth1\"\n");
    assertThat(list("name")).isEqualTo("web,01\n");
    assertThat(list("json"))
        .contains("\"memory\": 1024,")
        .contains("\"description\": \"a \\\"b\\\"\\nc\"");
    assertThat(list("yaml"))
        .isEqualTo(
            """
            - id: "1"
              name: web,01
              description: "a \\"b\\"\\nc"
              status: up
              memory: 1024
              cpu:
                topology:
                  cores: 2
              devices:
              - hd
              - network
              nics:
              - name: eth0
              - name: eth1
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".name|web,01",
        "{.nics[1].name}|eth1",
        "$.nics[*].name|eth0 eth1",
        ".nics[?(@.name==\"eth1\")].name|eth1",
        ".nics[-1].name|eth1",
        "..cores|2",
        ".cpu.topology|{\"cores\":2}",
        "[0].status|up",
        ".nothing|''",
      })
  void pathsLeadIntoObjects(String path, String expected) {
    assertThat(list("jsonpath=" + path).strip().replace('\n', ' ')).isEqualTo(expected);
  }

  @Test
  void aFormThatIsNoneIsRefused() {
    assertThatThrownBy(() -> Format.of("xml"))
        .hasMessageContaining("xml")
        .hasMessageContaining("yaml");
    assertThatThrownBy(() -> list("jsonpath=.a[")).hasMessageContaining("]");
  }
}
