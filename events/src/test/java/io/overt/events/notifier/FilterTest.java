package io.overt.events.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.model.types.LogSeverity;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static final Recipient OPS = new Recipient("smtp", "ops@example.com");
  private static final Recipient SITE = new Recipient("snmp", "site1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        "'   '|''",
        "exclude:*|exclude:*",
        "include:VDC_START(smtp:a@example.com)|include:VDC_START(smtp:a@example.com)",
        "exclude:VDC_STOP include:*(smtp:a@b)|exclude:VDC_STOP include:*(smtp:a@b)",
        "include:*:ERROR(smtp:m@b) exclude:*|include:*:ERROR(smtp:m@b) exclude:*",
        "include:VM_DOWN(snmp:rack 7/left)|include:VM_DOWN(snmp:rack 7/left)",
        "include:*(snmp:)|include:*(snmp:)",
        "include:VM_DOWN(*)|include:VM_DOWN",
        "include:VM_DOWN:*(snmp:p)|include:VM_DOWN(snmp:p)",
        "exclude:*:WARNING include:*(snmp:)|exclude:*:WARNING include:*(snmp:)",
        "include:A(smtp:x)exclude:*|include:A(smtp:x) exclude:*",
        "' include:A(smtp:x)   exclude:B '|include:A(smtp:x) exclude:B",
      })
  void readsEntriesInTheirOrder(String text, String entries) {
    assertThat(
            Filter.parse(text).entries().stream()
                .map(Filter.Entry::toString)
                .collect(Collectors.joining(" ")))
        .isEqualTo(entries);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include:VM_DOWN(snmp)",
        "INCLUDE:*",
        "include:*:CRITICAL(snmp:)",
        "include:A,exclude:B",
        "include:A(smtp:x) junk",
        "include:",
        "foo",
        "include:A(smtp:a@b",
        "include:VM-DOWN(smtp:x)",
        "include: A",
        "include:*:error(snmp:)",
      })
  void refusesWhatIsNoFilter(String text) {
    assertThatThrownBy(() -> Filter.parse(text))
        .isInstanceOf(Filter.MalformedFilter.class)
        .hasMessageContaining("expected include:EVENT");
  }

  @Test
  void theFirstEntryThatMatchesDecides() {
    Filter filter = Filter.parse("exclude:VM_DOWN include:*(snmp:site1) exclude:*");
    assertThat(filter.sends(SITE, "VM_DOWN", LogSeverity.NORMAL)).isFalse();
    assertThat(filter.sends(SITE, "USER_RUN_VM", LogSeverity.NORMAL)).isTrue();
    assertThat(filter.sends(OPS, "USER_RUN_VM", LogSeverity.NORMAL)).isFalse();
  }

  @Test
  void anEntryWithoutRecipientMakesNobodyHearOfAnything() {
    assertThat(Filter.parse("include:*").recipients()).isEmpty();
    assertThat(Filter.parse("include:A(smtp:ops@example.com) include:*(snmp:site1)").recipients())
        .containsExactly(OPS, SITE);
  }

  @ParameterizedTest
  @CsvSource({
    "include:*:WARNING(snmp:site1), NORMAL, false",
    "include:*:WARNING(snmp:site1), WARNING, true",
    "include:*:WARNING(snmp:site1), ALERT, true",
    "exclude:*:WARNING include:*(snmp:site1), NORMAL, false",
    "exclude:*:WARNING include:*(snmp:site1), WARNING, false",
    "exclude:*:WARNING include:*(snmp:site1), ERROR, true",
    "exclude:*:ALERT include:*(snmp:site1), ALERT, false",
  })
  void includesFromASeverityUpAndExcludesFromOneDown(
      String filter, LogSeverity severity, boolean sent) {
    assertThat(Filter.parse(filter).sends(SITE, "ANY", severity)).isEqualTo(sent);
  }
}
