package io.overt.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.overt.scheduling.external.BalanceAnswer;
import io.overt.scheduling.external.BalanceAnswer.Move;
import io.overt.scheduling.external.Discovery;
import io.overt.scheduling.external.ExternalScheduler.WeightedUnit;
import io.overt.scheduling.external.ExternalUnit;
import io.overt.scheduling.external.ExternalUnit.Kind;
import io.overt.scheduling.external.FilterAnswer;
import io.overt.scheduling.external.ScoreAnswer;
import io.overt.scheduling.external.UnitCall;
import io.overt.scheduling.external.UnitMetrics;
import io.overt.scheduling.external.UnitProblem;
import io.overt.scheduling.external.UnitProblem.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What authors may write, and what comes of it. */
class UnitShapesTest {
  private static final String H1 = "11111111-1111-1111-1111-111111111111";
  private static final String H2 = "22222222-2222-2222-2222-222222222222";
  private static final String H3 = "33333333-3333-3333-3333-000000000003";
  private static final List<String> HOSTS = List.of(H1, H2, H3);
  private static final String VM = "44444444-4444-4444-4444-444444444444";

  private static UnitFiles files;
  private static PythonUnits units;

  @BeforeAll
  static void load() throws IOException {
    files = new UnitFiles().with("shapes.py", "common", "python2.py", "prints_when_imported.py");
    Files.writeString(files.root().resolve("secret"), "the secret");
    units = PythonUnits.open(UnitSettings.of(files.directory()).hidden(List.of(files.root())));
  }

  @AfterAll
  static void close() {
    units.close();
    files.close();
  }

  private static UnitCall call(Map<String, String> properties) {
    return new UnitCall(HOSTS, VM, properties, Duration.ofSeconds(20));
  }

  private static FilterAnswer filter(String... names) {
    return units.filter(Arrays.asList(names), call(Map.of()));
  }

  private static Map<String, Integer> scores(String name) {
    ScoreAnswer answer = units.score(List.of(new WeightedUnit(name, 7)), call(Map.of()));
    assertThat(answer.problems()).isEmpty();
    return answer.scores().getFirst().byHost();
  }

  @Test
  void classesAreFoundByTheirMethodsWhateverTheirFileIsCalled() {
    Discovery found = units.discover();
    assertThat(found.available()).isTrue();
    assertThat(found.units())
        .contains(
            new ExternalUnit(
                "max_vms",
                Kind.FILTER,
                "returns only hosts with less running vms then the maximum",
                Map.of("maximum_vm_count", "[0-9]*"),
                Optional.empty()),
            new ExternalUnit(
                "spread",
                Kind.WEIGHT,
                "Two lines,\n  the second indented.",
                Map.of("low", "[0-9]+", "high", "[0-9]+", "free", ".*"),
                Optional.empty()),
            new ExternalUnit(
                "spread",
                Kind.LOAD_BALANCING,
                "",
                Map.of("low", "[0-9]+", "high", "[0-9]+", "free", ".*"),
                Optional.empty()))
        .extracting(ExternalUnit::name)
        .contains("Inherited", "sleeps_too", "polite")
        .doesNotContain("old", "Decimal");
  }

  @Test
  void aFileThatDoesNotLoadSaysWhyAndOneThatPrintsWhenImportedIsUsed() {
    assertThat(units.discover().problems())
        .extracting(UnitProblem::unit, UnitProblem::effect)
        .containsExactly(
            tuple("prints_when_imported.py", Effect.USED), tuple("python2.py", Effect.IGNORED));
    assertThat(units.discover().problems().getLast().message())
        .startsWith("does not load: ")
        .contains("SyntaxError", "python2.py", "line 3");
    assertThat(filter("polite").keep(HOSTS)).isEqualTo(HOSTS);
  }

  @Test
  void aFilterGetsThePropertiesOfThePolicyAsTexts() {
    FilterAnswer answer =
        units.filter(List.of("max_vms"), call(Map.of("maximum_vm_count", "5", "other", "x")));
    assertThat(answer.keep(HOSTS)).containsExactly(H1);
    assertThat(answer.problems()).isEmpty();
    assertThat(
            units
                .filter(List.of("echo"), call(Map.of(H2, VM, H1, "'\"\\\n\u00fc\u4e2d")))
                .keep(HOSTS))
        .containsExactly(H2);
  }

  @Test
  void aPropertyThatIsNoNumberFailsTheFilterAndKeepsTheHosts() {
    FilterAnswer answer = units.filter(List.of("max_vms"), call(Map.of("maximum_vm_count", "")));
    assertThat(answer.keep(HOSTS)).isEqualTo(HOSTS);
    assertThat(answer.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.unit()).isEqualTo("max_vms");
              assertThat(problem.effect()).isEqualTo(Effect.IGNORED);
              assertThat(problem.message()).contains("ValueError");
            });
  }

  @Test
  void filtersAreIntersectedAndEachIsNamed() {
    FilterAnswer answer = filter("Inherited", "returns");
    assertThat(answer.keep(HOSTS)).containsExactly(H2, H3);
    assertThat(answer.accepted())
        .containsExactly(
            new FilterAnswer.Accepted("Inherited", Set.of(H2, H3)),
            new FilterAnswer.Accepted("returns", Set.copyOf(HOSTS)));
  }

  @Test
  void scoresAreWholeNumbersInTheEnd() {
    assertThat(scores("spread")).containsExactlyInAnyOrderEntriesOf(Map.of(H1, 1, H2, 9, H3, 17));
    assertThat(scores("floats")).containsExactlyInAnyOrderEntriesOf(Map.of(H1, 1, H2, 2, H3, -3));
    assertThat(scores("returns")).containsEntry(H1, 3);
    assertThat(scores("decimals")).containsEntry(H3, 7);
    assertThat(scores("twice")).isEqualTo(Map.of(H1, 7));
  }

  @Test
  void eachUnitOfACallHasItsOwnScoresBeforeTheFactor() {
    ScoreAnswer answer =
        units.score(
            List.of(new WeightedUnit("spread", 3), new WeightedUnit("twice", 2)), call(Map.of()));
    assertThat(answer.scores())
        .extracting(ScoreAnswer.Scores::unit)
        .containsExactly("spread", "twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spread", "returns", "two_values", "noisy_balance"})
  void aBalancerNamesAMachineAndHosts(String name) {
    Optional<Move> move = units.balance(name, call(Map.of())).move();
    assertThat(move).isPresent();
    assertThat(move.get().vm()).isIn("33333333-3333-3333-3333-333333333333", "vm-1");
    assertThat(move.get().hosts()).startsWith(H1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"idle", "empty_list", "none_and_list"})
  void aBalancerMayHaveNothingToDo(String name) {
    BalanceAnswer answer = units.balance(name, call(Map.of()));
    assertThat(answer.move()).isEmpty();
    assertThat(answer.problems()).isEmpty();
  }

  @Test
  void nothingIsLeftOfACallForTheNext() {
    for (int i = 0; i < 3; i++) {
      assertThat(scores("remembers")).isEqualTo(Map.of(H1, 111));
    }
  }

  @Test
  void unitsOfACallRunAtTheSameTime() {
    FilterAnswer answer = filter("sleeps_long", "sleeps_too");
    assertThat(answer.accepted()).hasSize(2);
    assertThat(answer.elapsed()).isLessThan(Duration.ofMillis(1550));
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(filter("nope", "spread").problems())
        .extracting(UnitProblem::message)
        .allSatisfy(message -> assertThat(message).contains("no filter of this name"));
    assertThat(filter("nope").keep(HOSTS)).isEqualTo(HOSTS);
    assertThat(filter().keep(HOSTS)).isEqualTo(HOSTS);
  }

  @ParameterizedTest
  @CsvSource({"400", "10000"})
  void manyHostsAreNoLimit(int count) {
    List<String> many =
        IntStream.range(0, count).mapToObj("%08d-1111-1111-1111-111111111111"::formatted).toList();
    UnitCall call = new UnitCall(many, VM, new HashMap<>(), Duration.ofSeconds(20));
    assertThat(units.filter(List.of("Inherited"), call).keep(many)).hasSize(count - 1);
    long[] nanos = new long[count > 1000 ? 5 : 40];
    for (int i = 0; i < nanos.length; i++) {
      ScoreAnswer answer = units.score(List.of(new WeightedUnit("spread", 1)), call);
      assertThat(answer.scores().getFirst().byHost()).hasSize(count);
      nanos[i] = answer.elapsed().toNanos();
    }
    Arrays.sort(nanos);
    System.out.printf(
        "a warm weight unit over %d hosts: p50 %.1f ms, least %.1f ms%n",
        count, nanos[nanos.length / 2] / 1e6, nanos[0] / 1e6);
  }

  @Test
  void aUnitHasNeitherOurEnvironmentNorOurRightsNorOurFiles() {
    String told = filter("tells").problems().getFirst().message();
    assertThat(told).contains("|" + files.directory() + "|/tmp,C.UTF-8,-,-|4");
    FilterAnswer secret =
        units.filter(
            List.of("reads_secret"),
            call(Map.of("file", files.root().resolve("secret").toString())));
    if (units.isolationGaps().isEmpty()) {
      assertThat(secret.problems().getFirst().message()).contains("FileNotFoundError");
      if (System.getProperty("user.name").equals("root")) {
        assertThat(units.user()).isEqualTo("nobody");
        assertThat(told).contains("wrote to stderr: 65534|");
      }
    } else {
      System.out.println("isolation: " + units.isolationGaps());
    }
  }

  @Test
  void callsAreCountedAndTimed() {
    filter("returns");
    filter("tells");
    assertThat(units.metrics())
        .filteredOn(each -> each.unit().equals("tells"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.failures()).isEqualTo(each.calls()).isPositive();
              assertThat(each.p50()).isPositive().isLessThanOrEqualTo(each.p99());
            });
    assertThat(units.metrics())
        .filteredOn(each -> each.unit().equals("returns") && each.kind() == Kind.FILTER)
        .extracting(UnitMetrics::failures)
        .containsExactly(0L);
  }
}
