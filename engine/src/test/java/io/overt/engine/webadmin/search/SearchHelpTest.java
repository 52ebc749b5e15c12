package io.overt.engine.webadmin.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.engine.TestEngine;
import io.overt.rest.api.Extension;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SearchHelpTest {
  private static TestEngine engine;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static String complete(String text) {
    return new SearchHelp(engine.platform())
        .extension()
        .handler()
        .answer(new Extension.Request(engine.call(), Map.of(), Map.of("text", text)))
        .toString();
  }

  @Test
  void aHalfWrittenWordBecomesWhatTheLanguageHas() {
    assertThat(complete("Vms: name=web* and sta"))
        .contains("{\"text\":\"Vms: name=web* and status\",\"description\":\"field\"}")
        .doesNotContain("error");
    assertThat(complete("Vms: status = pow"))
        .contains("{\"text\":\"Vms: status = poweringup\",\"description\":\"value\"}");
    assertThat(complete("vms: host.na"))
        .contains("{\"text\":\"vms: host.name\",\"description\":\"field\"}");
    assertThat(complete("Vms: name ")).contains("{\"text\":\"Vms: name !=\"");
    assertThat(complete("Ho"))
        .isEqualTo("{\"completions\":[{\"text\":\"Hosts: \",\"description\":\"object\"}]}");
  }

  @Test
  void whatIsWrongIsSaidWithItsPlace() {
    assertThat(complete("Vms: nmae=web1")).contains("\"error\":{\"position\":5,", "nmae");
    assertThat(complete("Vms: name=web1 and "))
        .contains("\"error\":{\"position\":19,", "condition");
    assertThat(complete("Wms: name=web1")).contains("\"error\":{\"position\":0,", "Wms");
  }
}
