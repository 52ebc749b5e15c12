package io.overt.bench;

import io.overt.inventory.Database;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.postgres.BundledPostgres;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.scheduling.Placement;
import io.overt.scheduling.Policy;
import io.overt.scheduling.Request;
import io.overt.scheduling.Scheduler;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Placements each of which is in the database before it counts as done: the host is written to the
 * machine as the engine does, so that the reservation survives whatever happens next.
 */
final class DurablePlacements {
  /** Starts that wait for their placement at the same time. */
  private static final int CLIENTS = 256;

  private static final int BATCH = 500;

  private DurablePlacements() {}

  /**
   * Seconds for all.
   *
   * @param together how many machines share a transaction, as those do that start together
   */
  static double measure(
      Path directory,
      Policy policy,
      SimulatedCluster cluster,
      int hosts,
      List<Machine> machines,
      int together)
      throws Exception {
    ClusterState state = cluster.state(hosts, 0);
    Scheduler scheduler = new Scheduler(state, Settings.DEFAULT);
    double seconds;
    try (BundledPostgres postgres = BundledPostgres.start(directory);
        Database database = Database.open(postgres.config());
        Inventory inventory = Inventory.open(database)) {
      fill(inventory, state, machines);
      long start = System.nanoTime();
      placeAll(inventory, scheduler, policy, machines, together);
      seconds = (System.nanoTime() - start) / 1e9;
    }
    try (BundledPostgres postgres = BundledPostgres.start(directory);
        Database database = Database.open(postgres.config());
        Inventory inventory = Inventory.open(database)) {
      requireKept(inventory.snapshot(), state, machines);
    }
    cluster.requireSound(state);
    return seconds;
  }

  private static void fill(Inventory inventory, ClusterState state, List<Machine> machines) {
    List<HostFacts> hosts = new ArrayList<>();
    for (int host = 0; host < state.size(); host++) {
      hosts.add(state.facts(host));
    }
    for (int from = 0; from < hosts.size(); from += BATCH) {
      List<HostFacts> part = hosts.subList(from, Math.min(hosts.size(), from + BATCH));
      inventory.change(
          transaction ->
              part.forEach(
                  host ->
                      transaction.insert(Kinds.HOST, new Host().id(host.id()).name(host.name()))));
    }
    for (int from = 0; from < machines.size(); from += BATCH) {
      List<Machine> part = machines.subList(from, Math.min(machines.size(), from + BATCH));
      inventory.change(
          transaction ->
              part.forEach(
                  machine ->
                      transaction.insert(
                          Kinds.VM,
                          new Vm()
                              .id(id(machine))
                              .name(machine.name())
                              .status(VmStatus.DOWN)
                              .memory(machine.memory().sizeMb() << 20))));
    }
  }

  private static String id(Machine machine) {
    return java.util
        .UUID
        .nameUUIDFromBytes(machine.id().getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .toString();
  }

  private static void placeAll(
      Inventory inventory, Scheduler scheduler, Policy policy, List<Machine> machines, int together)
      throws Exception {
    Semaphore waiting = new Semaphore(CLIENTS);
    List<Future<?>> writes = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int from = 0; from < machines.size(); from += together) {
        waiting.acquire();
        List<Machine> part = machines.subList(from, Math.min(machines.size(), from + together));
        // This thread owns the state; only the writing is done by the others.
        List<String> hosts =
            scheduler.placeEach(policy, part, Request.of(part.getFirst(), 1)).stream()
                .map(DurablePlacements::host)
                .toList();
        writes.add(
            clients.submit(
                () -> {
                  try {
                    claim(inventory, part, hosts);
                  } finally {
                    waiting.release();
                  }
                }));
      }
      for (Future<?> write : writes) {
        write.get();
      }
    }
  }

  private static String host(Placement placement) {
    return switch (placement) {
      case Placement.Chosen chosen -> chosen.hostId();
      case Placement.Refused refused -> throw new BenchFailure(refused.explanation());
    };
  }

  private static void claim(Inventory inventory, List<Machine> machines, List<String> hosts) {
    inventory.change(
        transaction -> {
          for (int i = 0; i < hosts.size(); i++) {
            Entity<Vm> vm = transaction.find(Kinds.VM, id(machines.get(i))).orElseThrow();
            transaction.update(
                vm,
                vm.value()
                    .copy()
                    .status(VmStatus.WAIT_FOR_LAUNCH)
                    .host(new Host().id(hosts.get(i))));
          }
        });
  }

  private static void requireKept(Snapshot snapshot, ClusterState state, List<Machine> machines) {
    for (Machine machine : machines) {
      Host host = snapshot.find(Kinds.VM, id(machine)).orElseThrow().value().host();
      ClusterState.Resident reserved = state.pending(machine.id());
      if (host == null
          || reserved == null
          || !state.facts(reserved.host()).id().equals(host.id())) {
        throw new BenchFailure("the reservation of " + machine.name() + " was lost");
      }
    }
  }
}
