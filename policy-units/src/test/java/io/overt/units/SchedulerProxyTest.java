package io.overt.units;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.units.SchedulerProxy.Answers;
import io.overt.units.UnitSettings.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our proxy as an engine of old sees it: answers as oVirt's proxy 0.1.9 was observed to give. */
class SchedulerProxyTest {
  private static final String H1 = "11111111-1111-1111-1111-111111111111";
  private static final String H2 = "22222222-2222-2222-2222-222222222222";
  private static final String VM = "44444444-4444-4444-4444-444444444444";
  private static final List<String> HOSTS = List.of(H1, H2);
  private static final Map<String, String> NONE = Map.of();

  private static UnitFiles files;
  private static PythonUnits units;
  private static SchedulerProxy proxy;
  private static PythonPeer engine;
  private static SchedulerProxy hasty;
  private static PythonPeer hurried;

  @BeforeAll
  static void start() throws IOException {
    files = new UnitFiles().with("shapes.py", "bad.py", "common");
    units = PythonUnits.open(UnitSettings.of(files.directory()).limits(Limits.DEFAULT));
    units.discover();
    proxy = start(Duration.ofSeconds(20), Answers.PLAIN);
    engine = new PythonPeer("engine.py", at(proxy), "/RPC2");
    hasty = start(Duration.ofMillis(300), Answers.PLAIN);
    hurried = new PythonPeer("engine.py", at(hasty), "/");
  }

  private static SchedulerProxy start(Duration deadline, Answers answers) throws IOException {
    return SchedulerProxy.start(
        units, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), deadline, answers);
  }

  private static String at(SchedulerProxy proxy) {
    return "localhost:" + proxy.address().getPort();
  }

  @AfterAll
  static void stop() throws IOException {
    engine.close();
    hurried.close();
    proxy.close();
    hasty.close();
    units.close();
    files.close();
  }

  @Test
  void discoverTellsDocstringAndDeclarationAsTheyAreWritten() throws IOException {
    Object found = engine.ask("discover");
    assertThat(found)
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsOnlyKeys("filters", "scores", "balance");
    assertThat(declared(found, "filters", "max_vms"))
        .isEqualTo(
            List.of(
                "returns only hosts with less running vms then the maximum",
                "maximum_vm_count=[0-9]*"));
    assertThat(declared(found, "scores", "spread"))
        .isEqualTo(
            List.of(
                "\n        Two lines,\n          the second indented.\n        ",
                "low=[0-9]+;high=[0-9]+;free"));
    assertThat(declared(found, "balance", "spread"))
        .isEqualTo(List.of("", "low=[0-9]+;high=[0-9]+;free"));
  }

  private static Object declared(Object found, String kind, String name) {
    return found instanceof Map<?, ?> kinds && kinds.get(kind) instanceof Map<?, ?> units
        ? units.get(name)
        : null;
  }

  @Test
  void filtersAreRun() throws IOException {
    assertThat(
            engine.ask(
                "runFilters", List.of("max_vms"), HOSTS, VM, Map.of("maximum_vm_count", "5")))
        .isEqualTo(Map.of("result_code", 0, "result", List.of(H1)));
  }

  @Test
  void aFilterThatFailsIsIgnoredAndNotTold() throws IOException {
    assertThat(engine.ask("runFilters", List.of("bad_return"), HOSTS, VM, NONE))
        .isEqualTo(
            Map.of("result_code", 1, "result", HOSTS, "errors", List.of("all filters failed")));
    assertThat(
            engine.ask(
                "runFilters",
                List.of("max_vms", "noisy_stderr"),
                HOSTS,
                VM,
                Map.of("maximum_vm_count", "5")))
        .isEqualTo(Map.of("result_code", 0, "result", List.of(H1)));
  }

  @Test
  void aFilterThatIsNotThereIsTold() throws IOException {
    assertThat(engine.ask("runFilters", List.of("nope"), HOSTS, VM, NONE))
        .isEqualTo(
            Map.of(
                "result_code",
                1,
                "result",
                HOSTS,
                "plugin_errors",
                Map.of("nope", List.of("plugin not found: 'nope'")),
                "errors",
                List.of("all filters failed")));
  }

  @Test
  void aSlowFilterKeepsAllHosts() throws IOException {
    assertThat(hurried.ask("runFilters", List.of("slow"), HOSTS, VM, NONE))
        .isEqualTo(
            Map.of("result_code", 1, "result", HOSTS, "errors", List.of("all filters failed")));
  }

  @Test
  void scoresAreMultipliedAndSummed() throws IOException {
    assertThat(engine.ask("runCostFunctions", List.of(List.of("spread", 3)), HOSTS, VM, NONE))
        .isEqualTo(Map.of("result_code", 0, "result", List.of(List.of(H1, 3), List.of(H2, 27))));
    assertThat(
            engine.ask(
                "runCostFunctions",
                List.of(List.of("spread", 3), List.of("floats", 2), List.of("bad_return", 5)),
                HOSTS,
                VM,
                NONE))
        .isEqualTo(Map.of("result_code", 0, "result", List.of(List.of(H1, 5), List.of(H2, 31))));
    assertThat(engine.ask("runCostFunctions", List.of(List.of("nope", 1)), HOSTS, VM, NONE))
        .isEqualTo(
            Map.of(
                "result_code",
                1,
                "result",
                List.of(),
                "plugin_errors",
                Map.of("nope", List.of("plugin not found: 'nope'"))));
    assertThat(hurried.ask("runCostFunctions", List.of(List.of("slow", 1)), HOSTS, VM, NONE))
        .isEqualTo(
            Map.of(
                "result_code",
                1,
                "result",
                List.of(),
                "errors",
                List.of("Waiting on score functions timed out")));
  }

  @Test
  void balancersMoveOneMachineOrNone() throws IOException {
    String moved = "33333333-3333-3333-3333-333333333333";
    assertThat(engine.ask("runLoadBalancing", "spread", HOSTS, NONE))
        .isEqualTo(Map.of("result_code", 0, "result", List.of(moved, List.of(H1))));
    assertThat(engine.ask("runLoadBalancing", "two_values", HOSTS, NONE))
        .isEqualTo(Map.of("result_code", 0, "result", List.of(moved, HOSTS)));
    for (String name : List.of("idle", "empty_list", "bad_return", "raises", "slow")) {
      PythonPeer asking = name.equals("slow") ? hurried : engine;
      assertThat(asking.ask("runLoadBalancing", name, HOSTS, NONE))
          .as(name)
          .isEqualTo(Map.of("result_code", 0, "result", List.of("", List.of())));
    }
    assertThat(engine.ask("runLoadBalancing", "nope", HOSTS, NONE))
        .isEqualTo(
            Map.of(
                "result_code",
                1,
                "result",
                List.of(),
                "plugin_errors",
                Map.of("nope", List.of("Load balance requested but was not found: nope"))));
  }

  @Test
  void tenThousandHostsAreNoLimit() throws IOException {
    List<String> many =
        IntStream.range(0, 10_000).mapToObj("%08d-1111-1111-1111-111111111111"::formatted).toList();
    assertThat(engine.ask("runFilters", List.of("Inherited"), many, VM, NONE))
        .isEqualTo(Map.of("result_code", 0, "result", many.subList(1, many.size())));
  }

  @Test
  void onRequestEachUnitIsNamedWithItsOwnScoresAndFaults() throws IOException {
    try (SchedulerProxy named = start(Duration.ofSeconds(5), Answers.PER_UNIT);
        PythonPeer newer = new PythonPeer("engine.py", at(named), "/")) {
      assertThat(
              newer.ask(
                  "runCostFunctions",
                  List.of(List.of("spread", 3), List.of("bad_return", 1)),
                  HOSTS,
                  VM,
                  NONE))
          .isEqualTo(
              Map.of(
                  "result_code",
                  1,
                  "result",
                  List.of(List.of(H1, 1, "spread"), List.of(H2, 9, "spread")),
                  "plugin_errors",
                  Map.of(
                      "bad_return", List.of("gave the score 'many', where a number is expected"))));
    }
  }

  @Test
  void theServerDescribesItself() throws IOException {
    assertThat(engine.ask("system.listMethods"))
        .isEqualTo(
            List.of(
                "discover",
                "runCostFunctions",
                "runFilters",
                "runLoadBalancing",
                "system.listMethods",
                "system.methodHelp",
                "system.methodSignature"));
    assertThat(engine.ask("system.methodSignature", "discover"))
        .isEqualTo("signatures not supported");
    assertThat(engine.ask("system.methodHelp", "discover")).isEqualTo("");
  }

  @Test
  void whatIsNoCallIsAFaultAndOtherPathsAreNotThere() throws IOException {
    assertThat(engine.ask("nothing"))
        .isEqualTo(Map.of("fault", 1, "text", "method \"nothing\" is not supported"));
    assertThat(engine.ask("runFilters", "max_vms"))
        .isEqualTo(Map.of("fault", 1, "text", "runFilters takes 4 arguments, not 1"));
    assertThat(engine.ask("runFilters", 7, HOSTS, VM, NONE))
        .isEqualTo(Map.of("fault", 1, "text", "7 is no list of the names of filters"));
    assertThat(status("http POST", "/other", "")).isEqualTo(404);
    assertThat(status("http GET", "/", "")).isEqualTo(501);
    String entity =
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><methodCall><methodName>&e;</methodName></methodCall>";
    assertThat(engine.ask("http POST", "/", entity).toString())
        .startsWith("[200,")
        .contains("<name>faultCode</name>")
        .doesNotContain("root:");
    assertThat(engine.ask("http POST", "/", "no xml").toString()).contains("is no XML-RPC call");
  }

  private static Object status(String method, String path, String body) throws IOException {
    return engine.ask(method, path, body) instanceof List<?> answer ? answer.getFirst() : null;
  }
}
