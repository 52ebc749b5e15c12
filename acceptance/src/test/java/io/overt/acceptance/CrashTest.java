package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ovirt.engine.sdk4.builders.Builders.tag;

import io.overt.agent.simulated.SimulatedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.types.Job;
import org.ovirt.engine.sdk4.types.JobStatus;
import org.ovirt.engine.sdk4.types.Tag;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;

/** The engine dies while machines start; the hosts and their agents live on in this process. */
class CrashTest {
  private static final int MACHINES = 50;
  private static final int HOSTS = 4;

  /** After so many acknowledged starts the engine dies, with many of them under way. */
  private static final int STARTS_BEFORE_CRASH = 30;

  @Test
  void aKilledEngineLosesNoAnswerAndStartsNoMachineTwice() throws Exception {
    Path state = EngineFixture.temporaryDirectory();
    int port = EngineFixture.freePort();
    HostFarm farm = null;
    try {
      Set<String> started = ConcurrentHashMap.newKeySet();
      Set<String> written = ConcurrentHashMap.newKeySet();
      Map<String, String> machines;
      EngineProcess first = EngineProcess.start(state, port);
      try {
        farm = HostFarm.register(first.access(), "crash", "Default", HOSTS, HostFarm.SLOW);
        machines = create(first.access());
        startAndKill(first, machines.keySet(), started, written);
      } finally {
        first.kill();
      }
      assertThat(started).hasSizeGreaterThanOrEqualTo(STARTS_BEFORE_CRASH);
      try (EngineProcess second = EngineProcess.start(state, port)) {
        check(second.access(), farm, machines, started, written);
      }
    } finally {
      if (farm != null) {
        farm.close();
      }
    }
    EngineFixture.delete(state);
  }

  /** Names of machines by id. */
  private static Map<String, String> create(EngineAccess access) throws Exception {
    Map<String, String> machines = new HashMap<>();
    try (Connection connection = access.connect()) {
      for (int i = 0; i < MACHINES; i++) {
        String name = "crash-vm-" + i;
        machines.put(
            connection
                .systemService()
                .vmsService()
                .add()
                .vm(SdkVmTest.diskless(name))
                .send()
                .vm()
                .id(),
            name);
      }
    }
    return machines;
  }

  /** Starts machines and writes tags from several clients at once until the engine is dead. */
  private static void startAndKill(
      EngineProcess engine, Set<String> machines, Set<String> started, Set<String> written)
      throws Exception {
    CountDownLatch enough = new CountDownLatch(STARTS_BEFORE_CRASH);
    List<String> order = new ArrayList<>(machines);
    ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    try {
      for (int client = 0; client < 4; client++) {
        int share = client;
        clients.submit(
            () -> {
              try (Connection connection = engine.access().connect()) {
                SystemService system = connection.systemService();
                for (int i = share; i < order.size(); i += 4) {
                  String name = "crash-tag-" + i;
                  system.tagsService().add().tag(tag().name(name)).send();
                  written.add(name);
                  system.vmsService().vmService(order.get(i)).start().send();
                  started.add(order.get(i));
                  enough.countDown();
                }
              }
              return share;
            });
      }
      assertThat(enough.await(60, TimeUnit.SECONDS)).as("enough machines start").isTrue();
      engine.kill();
    } finally {
      clients.shutdown();
      assertThat(clients.awaitTermination(90, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void check(
      EngineAccess access,
      HostFarm farm,
      Map<String, String> machines,
      Set<String> started,
      Set<String> written)
      throws Exception {
    try (Connection connection = access.connect()) {
      SystemService system = connection.systemService();
      assertThat(system.tagsService().list().send().tags().stream().map(Tag::name))
          .containsAll(written);
      List<Vm> settled =
          Await.until(
              "every machine is up or down",
              Duration.ofSeconds(240),
              () -> system.vmsService().list().search("name=crash-vm-*").send().vms(),
              vms -> vms.stream().allMatch(CrashTest::isSettled));
      assertThat(settled.stream().map(Vm::id))
          .containsExactlyInAnyOrderElementsOf(machines.keySet());
      Await.until(
          "every job has ended",
          Duration.ofSeconds(30),
          () -> system.jobsService().list().send().jobs(),
          jobs -> jobs.stream().noneMatch(job -> job.status() == JobStatus.STARTED));
      Map<String, List<String>> running = running(farm);
      Set<String> failed = failedJobs(system);
      System.out.printf(
          "%d machines, %d starts answered, %d run, jobs failed: %s%n",
          settled.size(), started.size(), running.size(), failed);
      assertThat(machines.keySet()).as("machines that hosts run").containsAll(running.keySet());
      for (Vm vm : settled) {
        List<String> places = running.getOrDefault(vm.id(), List.of());
        if (vm.status() == VmStatus.UP) {
          assertThat(places).as("hosts that run %s", vm.name()).containsExactly(vm.host().id());
        } else {
          assertThat(places).as("hosts that run %s, which is down", vm.name()).isEmpty();
          if (started.contains(vm.id())) {
            assertThat(failed)
                .as("failed jobs name %s", vm.name())
                .anyMatch(text -> text.endsWith(" " + vm.name()));
          }
        }
      }
    }
  }

  private static boolean isSettled(Vm vm) {
    return vm.status() == VmStatus.UP || vm.status() == VmStatus.DOWN;
  }

  /** Ids of the hosts that run a machine, by its id, as the hypervisors themselves see it. */
  private static Map<String, List<String>> running(HostFarm farm) {
    Map<String, List<String>> running = new HashMap<>();
    List<SimulatedHost> hosts = farm.hosts().hosts();
    for (int i = 0; i < hosts.size(); i++) {
      String host = farm.ids().get(i);
      for (UUID domain :
          hosts.get(i).hypervisor().list().stream().map(found -> found.id()).toList()) {
        running.computeIfAbsent(domain.toString(), _ -> new ArrayList<>()).add(host);
      }
    }
    return running;
  }

  private static Set<String> failedJobs(SystemService system) {
    return system.jobsService().list().send().jobs().stream()
        .filter(job -> job.status() == JobStatus.FAILED)
        .map(Job::description)
        .collect(Collectors.toSet());
  }
}
