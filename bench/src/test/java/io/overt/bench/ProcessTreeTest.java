package io.overt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
  @Test
  void aProcessAndThoseBelowItAreToldApart() throws IOException, InterruptedException {
    ProcessTree tree = new ProcessTree(ProcessHandle.current().pid());
    ProcessTree.Cpu before = tree.cpu();
    Process child =
        new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; cat")
            .start();
    try {
      Site.await(() -> tree.cpu().minus(before).database() > 0.05, "the child has worked");
      assertThat(tree.databaseMemory().rss()).isBetween(0.1, 50.0);
      assertThat(tree.engineMemory().pss()).isGreaterThan(tree.databaseMemory().pss());
      assertThat(tree.cpu().engine()).isPositive();
    } finally {
      child.destroy();
      child.waitFor();
    }
  }
}
