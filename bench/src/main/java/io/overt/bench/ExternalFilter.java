package io.overt.bench;

import io.overt.scheduling.external.FilterAnswer;
import io.overt.scheduling.external.UnitCall;
import io.overt.units.PythonUnits;
import io.overt.units.UnitSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What an external filter adds to a placement: one in Python that keeps every other host. */
final class ExternalFilter {
  /** As its author writes it: the result is printed. */
  private static final String UNIT =
      """
      class every_other:
          def do_filter(self, hosts_ids, vm_id, args_map):
              print([host for place, host in enumerate(hosts_ids) if place % 2 == 0])
      """;

  private static final List<Integer> SIZES = List.of(100, 400, 4_000);
  private static final int WARM_UP = 200;

  /** Long enough for a worker to be ready for the next call. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private ExternalFilter() {}

  /**
   * @param calls measured for each size, a third as many with pauses
   */
  static Report measure(int calls) throws IOException, InterruptedException {
    Report table =
        new Report("hosts", "back to back: p50 ms", "p99 ms", "with pauses: p50 ms", "p99 ms");
    Path directory =
        Files.createTempDirectory(
            "overt-bench-units",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    try {
      Files.writeString(directory.resolve("every_other.py"), UNIT);
      try (PythonUnits units = PythonUnits.open(UnitSettings.of(directory))) {
        units.discover();
        for (int hosts : SIZES) {
          UnitCall call = call(hosts);
          run(units, call, WARM_UP, Duration.ZERO);
          Samples quick = run(units, call, calls, Duration.ZERO);
          Samples slow = run(units, call, Math.max(1, calls / 3), PAUSE);
          table.row(
              Integer.toString(hosts),
              RestCommand.number(2, quick.median()),
              RestCommand.number(2, quick.at(0.99)),
              RestCommand.number(2, slow.median()),
              RestCommand.number(2, slow.at(0.99)));
        }
      }
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
    return table;
  }

  private static UnitCall call(int hosts) {
    List<String> ids = Stream.generate(() -> UUID.randomUUID().toString()).limit(hosts).toList();
    return new UnitCall(
        ids, UUID.randomUUID().toString(), Map.of("maximum_vm_count", "5"), Duration.ofSeconds(30));
  }

  private static Samples run(PythonUnits units, UnitCall call, int calls, Duration pause)
      throws InterruptedException {
    double[] millis = new double[calls];
    for (int i = 0; i < calls; i++) {
      Thread.sleep(pause);
      long start = System.nanoTime();
      FilterAnswer answer = units.filter(List.of("every_other"), call);
      millis[i] = (System.nanoTime() - start) / 1e6;
      if (answer.keep(call.hosts()).size() != (call.hosts().size() + 1) / 2) {
        throw new BenchFailure("the filter did not answer: " + answer.problems());
      }
    }
    return Samples.of(millis);
  }
}
