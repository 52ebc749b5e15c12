package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.programs.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a sparse file really occupies, which the JDK does not tell. */
final class SparseFiles {

  private SparseFiles() {}

  static long occupiedBytes(Path file) {
    String[] answer =
        Program.run(
                ErrorCode.VOLUME_METADATA_READ,
                Path.of("/"),
                Duration.ofSeconds(10),
                List.of("stat", "--format=%b %B", file.toString()))
            .strip()
            .split(" ");
    return Long.parseLong(answer[0]) * Long.parseLong(answer[1]);
  }
}
