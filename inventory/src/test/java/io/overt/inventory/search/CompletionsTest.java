package io.overt.inventory.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.inventory.Kinds;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionsTest {
  @Test
  void namesFieldsAndRelatedObjects() {
    assertThat(suggest("h")).containsExactly("has_illegal_images", "host.");
    assertThat(suggest("name=a and C")).contains("cluster", "comment", "cpu_usage");
    assertThat(suggest("host.st")).containsExactly("host.status");
    assertThat(suggest("nosuch.st")).isEmpty();
    assertThat(suggest("")).contains("name", "sortby", "storage.");
  }

  @Test
  void namesOperatorsThatFitTheField() {
    assertThat(suggest("name ")).containsExactly("=", "!=");
    assertThat(suggest("memory ")).contains("<", ">=");
  }

  @Test
  void namesValuesOfClosedSets() {
    assertThat(suggest("status=power")).containsExactly("poweringdown", "poweringup");
    assertThat(suggest("host.status = non")).containsExactly("nonoperational", "nonresponsive");
    assertThat(suggest("next_run_config_exists=")).containsExactly("false", "true");
    assertThat(suggest("creationdate>=to")).containsExactly("today");
    assertThat(suggest("name=x")).isEmpty();
  }

  @Test
  void namesFieldsToSortBy() {
    assertThat(suggest("name=a sortby mem")).containsExactly("mem_usage", "memory");
  }

  @Test
  void looksAtWhatStandsBeforeTheCursor() {
    assertThat(Completions.suggest(Kinds.VM, "stat name=a", 4)).containsExactly("status");
    assertThat(Completions.suggest(Kinds.VM, "stat", 99)).containsExactly("status");
  }

  private static List<String> suggest(String text) {
    return Completions.suggest(Kinds.VM, text, text.length());
  }
}
