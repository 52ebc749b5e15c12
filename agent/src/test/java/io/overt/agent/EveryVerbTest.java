package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No verb is without a table, so that every answer in every test is held against one. */
@Timeout(60)
class EveryVerbTest {

  @TempDir private Path directory;

  @Test
  void everyVerbHasATableAndEveryTableAVerb() {
    try (SimulatedAgent agent = SimulatedAgent.instant(directory)) {
      Set<String> untold = new TreeSet<>(agent.engine.verbs());
      untold.removeAll(VerbTables.ALL.verbs());
      assertThat(untold).as("verbs without a line in src/test/resources/**/verbs").isEmpty();
      Set<String> gone = new TreeSet<>(VerbTables.ALL.verbs());
      gone.removeAll(agent.engine.verbs());
      assertThat(gone).as("lines there whose verbs the agent does not serve").isEmpty();
    }
  }
}
