package io.overt.units;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.external.Discovery;
import io.overt.scheduling.external.ExternalScheduler.WeightedUnit;
import io.overt.scheduling.external.ExternalUnit;
import io.overt.scheduling.external.UnitCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Units come, change and go while the program runs. */
class PluginChangeTest {
  private final LinkedBlockingQueue<Discovery> told = new LinkedBlockingQueue<>();
  private UnitFiles files;
  private PythonUnits units;

  @BeforeEach
  void open() throws IOException {
    files = new UnitFiles();
    units = PythonUnits.open(UnitSettings.of(files.directory()));
    units.onChange(told::add);
  }

  @AfterEach
  void close() {
    units.close();
    files.close();
  }

  private static String scoring(String name, String score) {
    return """
        class %s:
            def do_score(self, hosts, vm, args):
                print([(host, %s) for host in hosts])
        """
        .formatted(name, score);
  }

  private int score(String name) {
    UnitCall call = new UnitCall(List.of("host"), "vm", Map.of(), Duration.ofSeconds(10));
    return units
        .score(List.of(new WeightedUnit(name, 1)), call)
        .scores()
        .getFirst()
        .byHost()
        .get("host");
  }

  private Discovery await(Predicate<List<String>> names) throws InterruptedException {
    while (true) {
      Discovery found = told.poll(10, TimeUnit.SECONDS);
      assertThat(found).as("a change within 10 s").isNotNull();
      if (names.test(found.units().stream().map(ExternalUnit::name).toList())) {
        return found;
      }
    }
  }

  @Test
  void aDirectoryThatAppearsLaterIsSeen() throws IOException, InterruptedException {
    assertThat(units.discover()).isEqualTo(new Discovery(true, List.of(), List.of()));
    files.write("one.py", scoring("one", "1"));
    await(List.of("one")::equals);
    assertThat(score("one")).isEqualTo(1);

    Files.move(files.directory(), files.root().resolve("aside"));
    await(List::isEmpty);
    files.write("two.py", scoring("two", "2"));
    await(List.of("two")::equals);
    Files.createDirectories(files.directory().resolve("__pycache__"));
    Files.writeString(files.directory().resolve("notes.txt"), "no unit");
    Files.writeString(files.directory().resolve(".hidden.py"), scoring("hidden", "3"));
    assertThat(units.discover().units()).extracting(ExternalUnit::name).containsExactly("two");
  }

  @Test
  void aChangedFileIsUsedFromTheNextCallOnAndARemovedOneIsGone()
      throws IOException, InterruptedException {
    files.write("one.py", scoring("one", "1"));
    files.write("two.py", scoring("two", "2"));
    await(List.of("one", "two")::equals);
    assertThat(score("one")).isEqualTo(1);

    // As editors write: another file takes the name; here of the same size and moment.
    files.write("one.py.new", scoring("ace", "7"));
    Files.setLastModifiedTime(
        files.directory().resolve("one.py.new"),
        Files.getLastModifiedTime(files.directory().resolve("one.py")));
    Files.move(
        files.directory().resolve("one.py.new"),
        files.directory().resolve("one.py"),
        StandardCopyOption.REPLACE_EXISTING);
    await(List.of("ace", "two")::equals);
    assertThat(score("ace")).isEqualTo(7);

    files.write("one.py", "class broken(:\n");
    assertThat(await(List.of("two")::equals).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.unit()).isEqualTo("one.py"));
    Files.delete(files.directory().resolve("one.py"));
    assertThat(await(List.of("two")::equals).problems()).isEmpty();
  }

  @Test
  void aChangeOfWhatAFileImportsIsAChangeOfItsUnits() throws IOException, InterruptedException {
    files.write("lib/__init__.py", "");
    files.write("lib/numbers.py", "SCORE = 1\n");
    files.write("one.py", "from lib.numbers import SCORE\n" + scoring("one", "SCORE"));
    units.discover();
    assertThat(score("one")).isEqualTo(1);
    files.write("lib/numbers.py", "SCORE = 22\n");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (score("one") != 22 && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(score("one")).isEqualTo(22);
  }

  @Test
  void whereCallsComeOneUponAnotherNoneIsOfAStateBeforeTheLast() throws IOException {
    files.write("one.py", scoring("one", "0"));
    units.discover();
    int seen = 0;
    for (int state = 1; state <= 3; state++) {
      files.write("one.py", scoring("one", Integer.toString(state)));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (seen < state) {
        int now = score("one");
        assertThat(now).isLessThanOrEqualTo(state);
        seen = Math.max(seen, now);
        assertThat(System.nanoTime()).isLessThan(end);
      }
      units.discover();
      for (int i = 0; i < 20; i++) {
        assertThat(score("one")).isEqualTo(state);
      }
    }
  }

  @Test
  void ofTwoClassesOfOneNameTheLaterFilesIsUsedAndTheOtherToldOf() throws IOException {
    files.write("a.py", scoring("same", "1"));
    files.write("b.py", scoring("same", "2"));
    files.write("c.py", "from a import same\n");
    Discovery found = units.discover();
    assertThat(found.units()).hasSize(1);
    assertThat(found.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.unit()).isEqualTo("a.py");
              assertThat(problem.message()).isEqualTo("its same is not used: b.py has one as well");
            });
    assertThat(score("same")).isEqualTo(2);
  }
}
