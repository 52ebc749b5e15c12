package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.overt.agent.simulated.SimulatedHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Two engines on one database: who writes where does not matter, and either may die. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesTest {
  private static final int CLIENTS = 32;
  private static final int SHARED = 2;
  private static final int ROUNDS = 5;
  private static final int HOSTS = 3;
  private static final int MACHINES = 14;

  /** Of these: up before a node dies, and started through that node just before. */
  private static final int EARLY = 6;

  private static final int ORPHANS = 5;

  private static NodePair pair;
  private static RestClient a;
  private static RestClient b;

  private final Set<String> kept = ConcurrentHashMap.newKeySet();
  private final Set<String> removed = ConcurrentHashMap.newKeySet();
  private final Map<String, String> lastWritten = new ConcurrentHashMap<>();
  private final AtomicInteger conflicts = new AtomicInteger();

  @BeforeAll
  static void start() {
    pair = NodePair.start();
    a = RestClient.open(pair.node(0).access());
    b = RestClient.open(pair.node(1).access());
  }

  @AfterAll
  static void stop() {
    a.close();
    b.close();
    pair.close();
  }

  @Test
  @Order(1)
  void writesThroughBothNodesReachBothAndNoneIsLost() throws Exception {
    try (EventRecorder atA = EventRecorder.open(pair.node(0).access());
        EventRecorder atB = EventRecorder.open(pair.node(1).access())) {
      List<String> shared = new ArrayList<>();
      for (int number = 0; number < SHARED; number++) {
        shared.add(addMachine(a, "shared-" + number));
      }
      ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
      List<Future<?>> all = new ArrayList<>();
      for (int number = 0; number < CLIENTS; number++) {
        int client = number;
        RestClient node = number % 2 == 0 ? a : b;
        all.add(clients.submit(() -> write(node, client, shared)));
      }
      for (Future<?> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
      clients.shutdown();
      // A write through each, seen through the other: what came before is there then, too.
      addTag(a, "last-at-a");
      addTag(b, "last-at-b");
      Map<String, String> tags =
          Await.until("b has all", () -> tags(b), seen -> seen.containsKey("last-at-a"));
      assertThat(tags.keySet()).containsAll(kept).doesNotContainAnyElementsOf(removed);
      Await.until("a has all", () -> tags(a), tags::equals);
      for (RestClient node : List.of(a, b)) {
        lastWritten.forEach(
            (field, value) ->
                assertThat(field(node, field)).as("%s, written last", field).isEqualTo(value));
      }
      List<JsonNode> events = atA.requireComplete(a);
      assertThat(atB.requireComplete(b)).isEqualTo(events);
      System.out.printf(
          "%d tags kept, %d removed, %d fields of %d machines, %d conflicts, %d events%n",
          kept.size(), removed.size(), lastWritten.size(), SHARED, conflicts.get(), events.size());
    }
  }

  /** Tags of its own, and one field of a machine in which others write other fields. */
  private void write(RestClient node, int client, List<String> shared) {
    String machine = shared.get(client / 2 % SHARED);
    String member = client % 2 == 0 ? "description" : "comment";
    boolean owner = client < 2 * SHARED;
    for (int round = 0; round < ROUNDS; round++) {
      String name = "two-" + client + "-" + round;
      String id = addTag(node, name);
      String value = name + "-changed";
      assertThat(node.put("/api/tags/" + id, "{\"description\":\"" + value + "\"}").status())
          .as("own tag")
          .isEqualTo(200);
      if (round % 2 == 0) {
        kept.add(name);
      } else {
        assertThat(node.delete("/api/tags/" + id).status()).as("own tag").isEqualTo(200);
        removed.add(name);
      }
      if (owner) {
        change(node, machine, member, name);
        lastWritten.put(machine + "/" + member, name);
      } else {
        contend(node, machine, (client + round) % 2 == 0);
      }
    }
  }

  /** Its own field: repeated when it lost a race, until it is in. */
  private void change(RestClient node, String machine, String member, String value) {
    Await.until(
        member + " is written",
        () -> {
          RestClient.Answer answer =
              node.put("/api/vms/" + machine, "{\"" + member + "\":\"" + value + "\"}");
          assertThat(answer.status()).isIn(200, 409);
          if (answer.status() == 409) {
            conflicts.incrementAndGet();
          }
          return answer;
        },
        RestClient.Answer::accepted);
  }

  /** A field that many write, once each: done or refused. */
  private void contend(RestClient node, String machine, boolean value) {
    RestClient.Answer answer =
        node.put("/api/vms/" + machine, "{\"start_paused\":\"" + value + "\"}");
    assertThat(answer.status()).isIn(200, 409);
    if (answer.status() == 409) {
      conflicts.incrementAndGet();
    }
  }

  private static String field(RestClient node, String field) {
    String[] parts = field.split("/", -1);
    return node.get("/api/vms/" + parts[0]).document().path(parts[1]).asText();
  }

  private static Map<String, String> tags(RestClient node) {
    Map<String, String> tags = new HashMap<>();
    for (JsonNode tag : node.get("/api/tags").document().path("tag")) {
      tags.put(tag.path("name").asText(), tag.path("description").asText());
    }
    return tags;
  }

  private static String addTag(RestClient node, String name) {
    RestClient.Answer answer = node.post("/api/tags", "{\"name\":\"" + name + "\"}");
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.id();
  }

  private static String addMachine(RestClient node, String name) {
    RestClient.Answer answer =
        node.post(
            "/api/vms",
            """
            {"name": "%s", "cluster": {"name": "Default"}, "template": {"name": "Blank"},
             "os": {"boot": {"devices": {"device": ["network"]}}}}
            """
                .formatted(name));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.id();
  }

  @Test
  @Order(2)
  void oneNodeWatchesAHostAndTheOtherTakesOverWhenItDies() {
    try (HostFarm farm =
        HostFarm.register(pair.node(0).access(), "two", "Default", HOSTS, HostFarm.SLOW)) {
      List<String> machines = new ArrayList<>();
      for (int number = 0; number < MACHINES; number++) {
        machines.add(addMachine(a, "two-vm-" + number));
      }
      Await.until("b has them", () -> states(b), seen -> seen.keySet().containsAll(machines));
      List<String> early = machines.subList(0, EARLY);
      for (String machine : early) {
        start(machines.indexOf(machine) % 2 == 0 ? a : b, machine);
      }
      awaitUp(a, early);
      awaitUp(b, early);
      Map<String, String> places = places(farm);
      assertThat(places.keySet()).containsExactlyInAnyOrderElementsOf(early);
      requireSingleEvents(b, EARLY, 0);

      // Some jobs of the node that dies are under way, others begin while nobody has missed it.
      List<String> orphans = machines.subList(EARLY, EARLY + ORPHANS);
      orphans.forEach(machine -> start(a, machine));
      pair.node(0).kill();
      long died = System.nanoTime();
      machines.subList(EARLY + ORPHANS, MACHINES).forEach(machine -> start(b, machine));
      awaitUp(b, machines);
      long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - died);
      assertThat(places(farm)).containsAllEntriesOf(places);
      assertThat(places(farm).keySet()).containsExactlyInAnyOrderElementsOf(machines);
      Await.until(
          "every job has ended",
          () -> jobs(b),
          states -> states.stream().noneMatch("started"::equals));
      assertThat(jobs(b)).doesNotContain("failed");

      // The guest of one machine ends by itself: somebody has to notice.
      crash(farm, early.getFirst());
      Await.until(
          "b notices the end",
          Duration.ofSeconds(30),
          () -> states(b).get(early.getFirst()),
          "down"::equals);
      requireSingleEvents(b, MACHINES, 1);
      System.out.printf("the other node had taken over after %d ms%n", taken);
    }
  }

  /** Each machine was started once, each host came up once, and so many machines ended. */
  private static void requireSingleEvents(RestClient node, int started, int ended) {
    List<String> starts = new ArrayList<>();
    List<String> detections = new ArrayList<>();
    int ends = 0;
    for (JsonNode event : node.get("/api/events?max=100000").document().path("event")) {
      switch (event.path("code").asInt()) {
        case 32 -> starts.add(event.path("vm").path("id").asText());
        case 13 -> detections.add(event.path("host").path("id").asText());
        case 61, 119 -> ends++;
        case 12, 14, 609, 9008 -> throw new AssertionError("a host was lost: " + event);
        default -> {}
      }
    }
    assertThat(starts).as("machines that were started").doesNotHaveDuplicates().hasSize(started);
    assertThat(detections).as("hosts that came up").doesNotHaveDuplicates().hasSize(HOSTS);
    assertThat(ends).as("machines that ended").isEqualTo(ended);
  }

  private static List<String> jobs(RestClient node) {
    List<String> states = new ArrayList<>();
    for (JsonNode job : node.get("/api/jobs").document().path("job")) {
      states.add(job.path("status").asText());
    }
    return states;
  }

  private static void start(RestClient node, String machine) {
    RestClient.Answer answer = node.post("/api/vms/" + machine + "/start", "{}");
    assertThat(answer.accepted()).as("%s", answer).isTrue();
  }

  private static void awaitUp(RestClient node, List<String> machines) {
    Await.until(
        "machines are up",
        () -> states(node),
        seen -> machines.stream().allMatch(id -> "up".equals(seen.get(id))));
  }

  private static Map<String, String> states(RestClient node) {
    Map<String, String> states = new HashMap<>();
    for (JsonNode vm : node.get("/api/vms").document().path("vm")) {
      states.put(vm.path("id").asText(), vm.path("status").asText());
    }
    return states;
  }

  /** Where each machine runs, as the hypervisors see it: nowhere twice. */
  private static Map<String, String> places(HostFarm farm) {
    Map<String, String> places = new HashMap<>();
    List<SimulatedHost> hosts = farm.hosts().hosts();
    for (int index = 0; index < hosts.size(); index++) {
      Set<String> here = new HashSet<>();
      hosts.get(index).hypervisor().list().forEach(domain -> here.add(domain.id().toString()));
      for (String machine : here) {
        assertThat(places.put(machine, farm.ids().get(index))).as(machine + " runs twice").isNull();
      }
    }
    return places;
  }

  private static void crash(HostFarm farm, String machine) {
    UUID domain = UUID.fromString(machine);
    farm.hosts().hosts().stream()
        .filter(host -> host.hypervisor().find(domain).isPresent())
        .forEach(host -> host.hypervisor().crash(domain));
  }
}
