package io.overt.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.overt.scheduling.external.BalanceAnswer;
import io.overt.scheduling.external.BalanceAnswer.Move;
import io.overt.scheduling.external.Discovery;
import io.overt.scheduling.external.ExternalScheduler.WeightedUnit;
import io.overt.scheduling.external.ExternalUnit;
import io.overt.scheduling.external.ExternalUnit.Kind;
import io.overt.scheduling.external.FilterAnswer;
import io.overt.scheduling.external.ScoreAnswer;
import io.overt.scheduling.external.ScoreAnswer.Scores;
import io.overt.scheduling.external.UnitCall;
import io.overt.scheduling.external.UnitProblem;
import io.overt.scheduling.external.UnitProblem.Effect;
import io.overt.units.ProxyClient.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client against the protocol as Python's own library serves it. */
class ProxyClientTest {
  private static final String VM = "33333333-3333-3333-3333-333333333333";
  private static final List<String> HOSTS = List.of("host-1", "host-2");

  private static PythonPeer proxy;
  private static URI address;
  private static ProxyClient client;

  @BeforeAll
  static void start() throws IOException {
    proxy = new PythonPeer("recorded_proxy.py");
    address = URI.create("http://localhost:" + proxy.read() + "/");
    client = new ProxyClient(lenient(address, Set.of()));
  }

  /** A busy machine may take longer than the tenth of a second that engines wait. */
  private static Settings lenient(URI address, Set<String> failClosed) {
    return new Settings(
        address, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMillis(50), failClosed);
  }

  @AfterAll
  static void stop() throws IOException {
    client.close();
    proxy.close();
  }

  private static UnitCall call(Duration deadline) {
    return new UnitCall(HOSTS, VM, Map.of("key", "value"), deadline);
  }

  private static FilterAnswer filter(String... names) {
    return client.filter(List.of(names), call(Duration.ofSeconds(10)));
  }

  private static ScoreAnswer score(String name) {
    return client.score(List.of(new WeightedUnit(name, 2)), call(Duration.ofSeconds(10)));
  }

  private static BalanceAnswer balance(String name) {
    return client.balance(name, call(Duration.ofSeconds(10)));
  }

  @Test
  void unitsAreFound() {
    Discovery found = client.discover();
    assertThat(found.available()).isTrue();
    assertThat(found.units())
        .extracting(ExternalUnit::name, ExternalUnit::kind)
        .containsExactly(
            tuple("braces", Kind.FILTER),
            tuple("max_vms", Kind.FILTER),
            tuple("spread", Kind.WEIGHT),
            tuple("spread", Kind.LOAD_BALANCING));
    assertThat(found.units().get(1))
        .isEqualTo(
            new ExternalUnit(
                "max_vms",
                Kind.FILTER,
                "filters by number",
                Map.of("maximum_vm_count", "[0-9]*"),
                Optional.empty()));
    assertThat(found.units().getFirst().problem()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"struct", "bare", "invents"})
  void aFiltersAnswerIsAStructOrAList(String name) {
    assertThat(filter(name).keep(HOSTS)).containsExactly("host-1");
    assertThat(filter(name).accepted().getFirst().unit()).isNull();
  }

  @Test
  void argumentsArriveAsTheyAre() {
    assertThat(filter("count").keep(HOSTS)).isEqualTo(HOSTS);
  }

  @Test
  void whatTheProxyCouldNotRunIsToldOf() {
    FilterAnswer answer = filter("unknown");
    assertThat(answer.keep(HOSTS)).isEqualTo(HOSTS);
    assertThat(answer.problems())
        .containsExactly(
            new UnitProblem("unknown", "plugin not found: 'unknown'", Effect.IGNORED),
            new UnitProblem(null, "all filters failed", Effect.IGNORED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "nothing", "no_result", "numbers"})
  void anAnswerThatIsNoneKeepsTheHosts(String name) {
    FilterAnswer answer = filter(name);
    assertThat(answer.accepted()).isEmpty();
    assertThat(answer.keep(HOSTS)).isEqualTo(HOSTS);
    assertThat(answer.problems())
        .singleElement()
        .extracting(UnitProblem::effect)
        .isEqualTo(Effect.IGNORED);
  }

  @Test
  void aFaultKeepsTheHosts() {
    FilterAnswer answer = filter("not recorded");
    assertThat(answer.keep(HOSTS)).isEqualTo(HOSTS);
    assertThat(answer.problems().getFirst().effect()).isEqualTo(Effect.UNREACHABLE);
    assertThat(answer.problems().getFirst().message()).contains("KeyError");
  }

  @Test
  void scoresOfOldProxiesAreSumsAndOfNewerOnesNamed() {
    assertThat(score("summed").scores())
        .containsExactly(new Scores(null, Map.of("host-1", 6, "host-2", 54)));
    assertThat(score("bare").scores()).containsExactly(new Scores(null, Map.of("host-1", 3)));
    assertThat(score("named").scores())
        .containsExactly(
            new Scores("a", Map.of("host-1", 3, "host-2", 4)),
            new Scores("b", Map.of("host-1", 5)));
    assertThat(score("float").scores()).containsExactly(new Scores(null, Map.of("host-1", 3)));
  }

  @Test
  void scoresThatAreNoneAreLeftOut() {
    assertThat(score("one").scores()).isEmpty();
    assertThat(score("one").problems().getFirst().message()).contains("the proxy's scores hold");
    assertThat(score("late").problems())
        .containsExactly(
            new UnitProblem(null, "Waiting on score functions timed out", Effect.IGNORED));
  }

  @Test
  void balancesAreMovesOrNothing() {
    assertThat(balance("moves").move()).contains(new Move(VM, List.of("host-1")));
    assertThat(balance("bare").move()).contains(new Move(VM, List.of("host-1")));
    assertThat(balance("idle").move()).isEmpty();
    assertThat(balance("empty").move()).isEmpty();
    assertThat(balance("empty").problems()).isEmpty();
    assertThat(balance("odd").problems()).hasSize(1);
    assertThat(balance("unknown").problems().getFirst().unit()).isEqualTo("unknown");
  }

  @Test
  void anAnswerThatComesTooLateKeepsTheHosts() {
    FilterAnswer answer = client.filter(List.of("slow"), call(Duration.ofMillis(300)));
    assertThat(answer.keep(HOSTS)).isEqualTo(HOSTS);
    assertThat(answer.problems().getFirst().message()).endsWith("did not answer within 300 ms");
    assertThat(answer.elapsed()).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aProxyThatIsNotThereKeepsTheHosts() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (ProxyClient nobody =
        new ProxyClient(Settings.of(URI.create("http://localhost:" + port + "/")))) {
      assertThat(nobody.discover().available()).isFalse();
      FilterAnswer answer = nobody.filter(List.of("struct"), call(Duration.ofSeconds(5)));
      assertThat(answer.keep(HOSTS)).isEqualTo(HOSTS);
      assertThat(answer.problems())
          .singleElement()
          .extracting(UnitProblem::effect)
          .isEqualTo(Effect.UNREACHABLE);
      assertThat(
              nobody
                  .score(List.of(new WeightedUnit("summed", 1)), call(Duration.ofSeconds(5)))
                  .scores())
          .isEmpty();
      assertThat(nobody.balance("moves", call(Duration.ofSeconds(5))).move()).isEmpty();
    }
  }

  @Test
  void aFilterThatMustTakePartAcceptsNoHostWhenItFails() {
    try (ProxyClient strict =
        new ProxyClient(lenient(address, Set.of("unknown", "half", "text", "slow")))) {
      for (String name : List.of("unknown", "half", "text", "slow")) {
        FilterAnswer answer = strict.filter(List.of(name), call(Duration.ofMillis(500)));
        assertThat(answer.keep(HOSTS)).as(name).isEmpty();
      }
      assertThat(strict.filter(List.of("struct"), call(Duration.ofSeconds(5))).keep(HOSTS))
          .containsExactly("host-1");
    }
  }

  @Test
  void changesAreFound() throws InterruptedException {
    LinkedBlockingQueue<Discovery> told = new LinkedBlockingQueue<>();
    try (ProxyClient watching = new ProxyClient(lenient(address, Set.of()))) {
      watching.onChange(told::add);
      Discovery found = told.poll(10, TimeUnit.SECONDS);
      assertThat(found).isNotNull().isEqualTo(watching.discover());
    }
  }

  @Test
  void noNamesAreNoCall() {
    assertThat(filter().problems()).isEmpty();
    assertThat(client.score(List.of(), call(Duration.ofSeconds(1))).scores()).isEmpty();
  }
}
