package io.overt.units;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.external.BalanceAnswer;
import io.overt.scheduling.external.ExternalScheduler.WeightedUnit;
import io.overt.scheduling.external.ExternalUnit;
import io.overt.scheduling.external.FilterAnswer;
import io.overt.scheduling.external.ScoreAnswer;
import io.overt.scheduling.external.UnitCall;
import io.overt.scheduling.external.UnitProblem;
import io.overt.scheduling.external.UnitProblem.Effect;
import io.overt.units.UnitSettings.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A unit that lies, breaks or never ends harms nothing but itself. */
class UnitFaultsTest {
  private static final List<String> HOSTS = List.of("host-1", "host-2");
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);

  private static UnitFiles files;
  private static PythonUnits units;

  @BeforeAll
  static void load() throws IOException {
    files = new UnitFiles().with("bad.py", "shapes.py", "common");
    units =
        PythonUnits.open(
            UnitSettings.of(files.directory())
                .failClosed(Set.of("raises", "nobody_knows"))
                .limits(new Limits(4, 1L << 29, 16L << 20, 8 << 20, LONG)));
    units.discover();
  }

  @AfterAll
  static void close() {
    units.close();
    files.close();
  }

  /** Whatever happened before: the same file's other units go on. */
  @AfterEach
  void othersAreNotHarmed() {
    assertThat(filter(LONG, "invents", "returns").keep(HOSTS)).containsExactly("host-1");
  }

  private static UnitCall call(Duration deadline) {
    return new UnitCall(HOSTS, "vm", Map.of(), deadline);
  }

  private static FilterAnswer filter(Duration deadline, String... names) {
    return units.filter(List.of(names), call(deadline));
  }

  private static ScoreAnswer score(Duration deadline, String name) {
    return units.score(List.of(new WeightedUnit(name, 1)), call(deadline));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bad_return      | printed no literal at all, which is not a Python literal
          says_nothing    | neither printed nor returned a result
          noisy_stderr    | wrote to stderr: something is wrong
          needs_arguments | wrote to stderr: TypeError
          wrong_types     | gave 42, where a list of host ids is expected
          floods          | wrote to stderr: OSError
          deep            |
          exits           | ended with exit code 3
          crashes         | was ended by signal 11
          eats_memory     | wrote to stderr: MemoryError
          writes_files    | wrote to stderr: OSError
          """)
  void aFilterThatFailsIsLeftOutAndToldOf(String name, String message) {
    FilterAnswer answer = filter(LONG, name);
    assertThat(answer.accepted()).isEmpty();
    assertThat(answer.keep(HOSTS)).isEqualTo(HOSTS);
    assertThat(answer.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.unit()).isEqualTo(name);
              assertThat(problem.message()).startsWith(message == null ? "" : message);
              assertThat(problem.effect()).isEqualTo(Effect.IGNORED);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bad_return  | gave the score 'many', where a number is expected
          wrong_types | gave ('host-1', 1, 2), where (host id, number) is expected
          infinite    | gave the score inf, where a finite number is expected
          huge        | gave the score 1099511627776, beyond 32 bits
          """)
  void aScoreThatIsNoneIsLeftOutAndToldOf(String name, String message) {
    ScoreAnswer answer = score(LONG, name);
    assertThat(answer.scores()).isEmpty();
    assertThat(answer.problems())
        .extracting(UnitProblem::message)
        .containsExactly(message.replace("\\", ""));
  }

  @ParameterizedTest
  @CsvSource({"bad_return,printed", "raises,wrote to stderr: ValueError", "wrong_types,gave"})
  void aBalancerThatFailsMovesNothing(String name, String message) {
    BalanceAnswer answer = units.balance(name, call(LONG));
    assertThat(answer.move()).isEmpty();
    assertThat(answer.problems().getFirst().message()).startsWith(message);
  }

  @Test
  void hostsThatWereNotOfferedAreLeftOut() {
    assertThat(filter(LONG, "invents").accepted().getFirst().hosts()).containsExactly("host-1");
    assertThat(score(LONG, "invents").scores().getFirst().byHost()).isEqualTo(Map.of("host-1", 1));
    assertThat(units.balance("invents", call(LONG)).move()).isEmpty();
    assertThat(score(LONG, "invents").problems())
        .extracting(UnitProblem::effect)
        .containsExactly(Effect.USED);
  }

  @Test
  void whatWasPrintedBeforeTheInterpreterWasLeftCounts() {
    assertThat(score(LONG, "exits").scores().getFirst().byHost()).isEqualTo(Map.of("host-1", 5));
    assertThat(filter(LONG, "closes").keep(HOSTS)).isEqualTo(HOSTS);
    assertThat(filter(LONG, "closes").problems()).isEmpty();
    filter(LONG, "closes_all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scribbles", "lingers"})
  void whateverAUnitWritesOrKeepsRunningTheNextCallIsItsOwn(String name) {
    for (int i = 0; i < 5; i++) {
      filter(Duration.ofSeconds(2), name);
      assertThat(filter(LONG, "invents", "returns").keep(HOSTS)).containsExactly("host-1");
      assertThat(filter(LONG, "returns").problems()).isEmpty();
    }
  }

  @Test
  void whatAUnitDoesToItsInterpreterStaysThere() {
    filter(Duration.ofSeconds(2), "patches");
    assertThat(filter(LONG, "returns").problems()).isEmpty();
  }

  @Test
  void aUnitThatNeverEndsIsEndedInTime() {
    FilterAnswer answer = filter(SHORT, "slow", "returns");
    assertThat(answer.elapsed()).isBetween(SHORT, SHORT.plusSeconds(8));
    assertThat(answer.accepted())
        .extracting(FilterAnswer.Accepted::unit)
        .containsExactly("returns");
    assertThat(answer.problems())
        .extracting(UnitProblem::message)
        .containsExactly("did not end within 0.4 s and was killed");
    assertThat(score(SHORT, "slow").elapsed()).isLessThan(SHORT.plusSeconds(8));
    assertThat(units.balance("slow", call(SHORT)).elapsed()).isLessThan(SHORT.plusSeconds(8));
  }

  @Test
  void aUnitThatKillsItsProcessesEndsNoOthers() {
    FilterAnswer answer = filter(Duration.ofSeconds(1), "kills_parent", "returns");
    assertThat(answer.accepted())
        .extracting(FilterAnswer.Accepted::unit)
        .containsExactly("returns");
    assertThat(answer.problems()).hasSize(1);
  }

  @Test
  void whatAUnitLeavesRunningIsEnded() throws IOException, InterruptedException {
    assertThat(filter(LONG, "forks").keep(HOSTS)).isEqualTo(HOSTS);
    long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    while (UnitFiles.sleeping() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(UnitFiles.sleeping()).isFalse();
  }

  @Test
  void filesThatAUnitWritesAreBoundedAndNotLeft() throws IOException {
    filter(LONG, "writes_files");
    Path file = Path.of("/tmp/overt-unit-was-here");
    if (Files.exists(file)) {
      assertThat(units.isolationGaps()).isNotEmpty();
      assertThat(Files.size(file)).isLessThanOrEqualTo(16L << 20);
      Files.delete(file);
    }
  }

  @Test
  void aFilterThatMustTakePartAcceptsNoHostWhenItFails() {
    FilterAnswer answer = filter(LONG, "raises", "nobody_knows");
    assertThat(answer.keep(HOSTS)).isEmpty();
    assertThat(answer.problems())
        .extracting(UnitProblem::effect)
        .containsExactly(Effect.REFUSED, Effect.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad_properties", "odd_properties"})
  void aDeclarationOfPropertiesThatCannotBeReadIsAProblemOfTheUnit(String name) {
    assertThat(units.discover().units())
        .filteredOn(each -> each.name().equals(name))
        .singleElement()
        .extracting(ExternalUnit::problem)
        .satisfies(
            problem -> assertThat(problem.orElseThrow()).startsWith("properties_validation "));
  }

  @Test
  void moreCallsThanProcessesWaitForOneAnother() throws InterruptedException {
    List<Thread> threads =
        IntStream.range(0, 12)
            .mapToObj(
                _ ->
                    Thread.startVirtualThread(
                        () -> assertThat(filter(LONG, "sleeps").problems()).isEmpty()))
            .toList();
    for (Thread thread : threads) {
      assertThat(thread.join(LONG)).isTrue();
    }
    assertThat(units.metrics())
        .filteredOn(each -> each.unit().equals("sleeps"))
        .singleElement()
        .satisfies(each -> assertThat(each.failures()).isZero());
  }
}
