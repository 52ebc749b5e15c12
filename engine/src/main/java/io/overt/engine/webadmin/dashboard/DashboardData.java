package io.overt.engine.webadmin.dashboard;

import io.overt.engine.resource.Platform;
import io.overt.engine.storage.DomainSpace;
import io.overt.engine.webadmin.dashboard.Counts.Condition;
import io.overt.fleet.Report;
import io.overt.fleet.Reports;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.Disk;
import io.overt.model.types.Event;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole installation in a few numbers, from the snapshot and the last reports: processors in
 * per cent, memory in GiB, storage in TiB, as oVirt's dashboard reads them.
 */
public final class DashboardData implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DashboardData.class);
  private static final Duration SAMPLED = Duration.ofMinutes(5);

  /** Until hosts have told something. */
  private static final Duration AT_FIRST = Duration.ofSeconds(20);

  private static final double GIB = 1L << 30;
  private static final double TIB = 1L << 40;
  private static final Duration EVENTS = Duration.ofDays(1);

  private final Platform platform;
  private final Supplier<Reports> reports;
  private final DomainSpace space;
  private final History history = new History();
  private final CountDownLatch closed = new CountDownLatch(1);

  public DashboardData(Platform platform, Supplier<Reports> reports, DomainSpace space) {
    this.platform = platform;
    this.reports = reports;
    this.space = space;
  }

  /** Begins to remember what is used; without it there is no history. */
  public void open() {
    Thread.ofPlatform().daemon().name("dashboard-history").start(this::remember);
  }

  private void remember() {
    try {
      Duration wait = AT_FIRST;
      while (!closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        sample();
        wait = SAMPLED;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What fails is left out of the history. */
  private void sample() {
    try {
      Snapshot snapshot = platform.snapshot();
      history.add(platform.clock().instant(), usages(snapshot, hosts(snapshot)));
    } catch (RuntimeException e) {
      LOG.warn("the dashboard's history has a gap: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /** As JSON values. */
  public Map<String, @Nullable Object> now() {
    Snapshot snapshot = platform.snapshot();
    Instant now = platform.clock().instant();
    List<HostLoad> hosts = hosts(snapshot);
    Map<String, Usage> usages = usages(snapshot, hosts);
    Map<String, Object> utilization = new LinkedHashMap<>();
    usages.forEach(
        (resource, usage) -> utilization.put(resource, usage.data(resource, history, now)));
    Map<String, Object> heat = new LinkedHashMap<>();
    heat.put("cpu", clusters(snapshot, hosts, HostLoad::processor));
    heat.put("memory", clusters(snapshot, hosts, HostLoad::memory));
    heat.put("storage", domains(snapshot).stream().map(DashboardData::heat).toList());
    heat.put("vdoSavings", List.of());
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("inventory", inventory(snapshot, now));
    data.put("globalUtilization", utilization);
    data.put("heatMapData", heat);
    data.put("engineGrafanaBaseUrl", null);
    return data;
  }

  private static Map<String, Object> inventory(Snapshot snapshot, Instant now) {
    Map<String, Object> inventory = new LinkedHashMap<>();
    inventory.put(
        "dc",
        Counts.of(
            snapshot.all(Kinds.DATA_CENTER).stream()
                .map(entity -> Conditions.of(entity.value().status()))
                .toList()));
    inventory.put(
        "cluster",
        Counts.of(
            snapshot.all(Kinds.CLUSTER).stream()
                .map(cluster -> ofCluster(snapshot, cluster))
                .toList()));
    inventory.put(
        "host",
        Counts.of(
            snapshot.all(Kinds.HOST).stream()
                .map(entity -> Conditions.of(entity.value().status()))
                .toList()));
    inventory.put(
        "storage",
        Counts.of(
            snapshot.all(Kinds.STORAGE_DOMAIN).stream()
                .map(domain -> ofDomain(snapshot, domain))
                .toList()));
    inventory.put("volume", Counts.of(List.of()));
    inventory.put(
        "vm",
        Counts.of(
            snapshot.all(Kinds.VM).stream()
                .map(entity -> Conditions.of(entity.value().status()))
                .toList()));
    inventory.put("event", Counts.of(events(snapshot, now)));
    return inventory;
  }

  /** A cluster is as well as its hosts. */
  private static Condition ofCluster(Snapshot snapshot, Entity<Cluster> cluster) {
    return snapshot.referrers(Kinds.HOST, "cluster", cluster.id()).stream()
        .map(host -> Conditions.of(host.value().status()))
        .min(Condition::compareTo)
        .filter(worst -> worst != Condition.DOWN)
        .orElse(Condition.UP);
  }

  private static Condition ofDomain(Snapshot snapshot, Entity<StorageDomain> domain) {
    return snapshot.referrers(Kinds.ATTACHED_STORAGE_DOMAIN, "id", domain.id()).stream()
        .findFirst()
        .map(attached -> Conditions.of(attached.value().status()))
        .orElseGet(() -> Conditions.of(domain.value().status()));
  }

  private static List<Condition> events(Snapshot snapshot, Instant now) {
    return snapshot.all(Kinds.EVENT).stream()
        .map(Entity::value)
        .filter(event -> recent(event, now))
        .flatMap(event -> Conditions.of(event).stream())
        .toList();
  }

  private static boolean recent(Event event, Instant now) {
    Instant time = event.time();
    return time != null && time.isAfter(now.minus(EVENTS));
  }

  private static boolean runs(@Nullable VmStatus status) {
    return status != null && Conditions.of(status) != Condition.DOWN;
  }

  /**
   * What a host that is up does.
   *
   * @param threads what it can run at once
   */
  private record HostLoad(String cluster, Usage.Of processor, Usage.Of memory, long threads) {}

  private List<HostLoad> hosts(Snapshot snapshot) {
    List<HostLoad> hosts = new ArrayList<>();
    for (Entity<Host> entity : snapshot.all(Kinds.HOST)) {
      Host host = entity.value();
      if (host.status() != HostStatus.UP) {
        continue;
      }
      String name = Objects.requireNonNullElse(host.name(), entity.id());
      Report report = reports.get().host(entity.id());
      double memory = Objects.requireNonNullElse(host.memory(), 0L) / GIB;
      BigDecimal idle = report.decimal("cpuIdle");
      hosts.add(
          new HostLoad(
              host.cluster() == null ? "" : String.valueOf(host.cluster().id()),
              new Usage.Of(name, idle == null ? 0 : 100 - idle.doubleValue(), 100),
              new Usage.Of(name, memory * number(report, "memUsed") / 100, memory),
              Math.max(1, (long) number(reports.get().capabilities(entity.id()), "cpuThreads"))));
    }
    return hosts;
  }

  private Map<String, Usage> usages(Snapshot snapshot, List<HostLoad> hosts) {
    List<Entity<Vm>> running =
        snapshot.all(Kinds.VM).stream().filter(vm -> runs(vm.value().status())).toList();
    Map<String, Usage> usages = new LinkedHashMap<>();
    usages.put("cpu", processors(hosts, running));
    usages.put("memory", memory(hosts, running));
    usages.put("storage", storage(snapshot, domains(snapshot)));
    return usages;
  }

  private Usage processors(List<HostLoad> hosts, List<Entity<Vm>> running) {
    long threads = hosts.stream().mapToLong(HostLoad::threads).sum();
    double busy =
        hosts.stream().mapToDouble(host -> host.processor().used() * host.threads()).sum();
    List<Usage.Of> machines = new ArrayList<>();
    long virtual = 0;
    for (Entity<Vm> vm : running) {
      Report report = reports.get().machine(vm.id());
      long processors = processors(vm.value());
      virtual += processors;
      double used = number(report, "cpuUser") + number(report, "cpuSys");
      machines.add(new Usage.Of(name(vm), Math.min(100, used / processors), 100));
    }
    return new Usage(
        threads == 0 ? 0 : busy / threads,
        100,
        threads == 0 ? 0 : 100.0 * virtual / threads,
        new Usage.By(hosts.stream().map(HostLoad::processor).toList(), List.of(), machines));
  }

  private static long processors(Vm vm) {
    var processor = vm.cpu();
    var topology = processor == null ? null : processor.topology();
    if (topology == null) {
      return 1;
    }
    return Objects.requireNonNullElse(topology.sockets(), 1L)
        * Objects.requireNonNullElse(topology.cores(), 1L)
        * Objects.requireNonNullElse(topology.threads(), 1L);
  }

  private Usage memory(List<HostLoad> hosts, List<Entity<Vm>> running) {
    double used = hosts.stream().mapToDouble(host -> host.memory().used()).sum();
    double total = hosts.stream().mapToDouble(host -> host.memory().total()).sum();
    List<Usage.Of> machines = new ArrayList<>();
    for (Entity<Vm> vm : running) {
      double installed = Objects.requireNonNullElse(vm.value().memory(), 0L) / GIB;
      double share = number(reports.get().machine(vm.id()), "memUsage") / 100;
      machines.add(new Usage.Of(name(vm), installed * share, installed));
    }
    double promised = machines.stream().mapToDouble(Usage.Of::total).sum();
    return new Usage(
        used,
        total,
        promised,
        new Usage.By(hosts.stream().map(HostLoad::memory).toList(), List.of(), machines));
  }

  private List<Usage.Of> domains(Snapshot snapshot) {
    List<Usage.Of> domains = new ArrayList<>();
    for (Entity<StorageDomain> domain : snapshot.all(Kinds.STORAGE_DOMAIN)) {
      space
          .filling(snapshot, domain.id())
          .ifPresent(
              filling ->
                  domains.add(
                      new Usage.Of(
                          Objects.requireNonNullElse(domain.value().name(), domain.id()),
                          filling.used() / TIB,
                          filling.total() / TIB)));
    }
    return domains;
  }

  private static Usage storage(Snapshot snapshot, List<Usage.Of> domains) {
    double used = domains.stream().mapToDouble(Usage.Of::used).sum();
    double total = domains.stream().mapToDouble(Usage.Of::total).sum();
    double promised =
        snapshot.all(Kinds.DISK).stream()
            .map(Entity::value)
            .map(Disk::provisionedSize)
            .filter(Objects::nonNull)
            .mapToDouble(size -> size / TIB)
            .sum();
    return new Usage(used, total, promised, new Usage.By(List.of(), domains, List.of()));
  }

  /** By cluster, the mean share of its hosts. */
  private static List<Map<String, Object>> clusters(
      Snapshot snapshot, List<HostLoad> hosts, Function<HostLoad, Usage.Of> usage) {
    List<Map<String, Object>> clusters = new ArrayList<>();
    for (Entity<Cluster> cluster : snapshot.all(Kinds.CLUSTER)) {
      hosts.stream()
          .filter(host -> host.cluster().equals(cluster.id()))
          .map(usage)
          .mapToDouble(Usage.Of::share)
          .average()
          .ifPresent(
              mean ->
                  clusters.add(heat(Objects.requireNonNullElse(cluster.value().name(), ""), mean)));
    }
    return clusters;
  }

  private static Map<String, Object> heat(Usage.Of usage) {
    return heat(usage.name(), usage.share());
  }

  /** In per cent: oVirt's dashboard divides by 100. */
  private static Map<String, Object> heat(String name, double share) {
    Map<String, Object> heat = new LinkedHashMap<>();
    heat.put("name", name);
    heat.put("value", Usage.round(100 * share));
    return heat;
  }

  private static String name(Entity<Vm> vm) {
    return Objects.requireNonNullElse(vm.value().name(), vm.id());
  }

  private static double number(Report report, String key) {
    BigDecimal value = report.decimal(key);
    return value == null ? 0 : value.doubleValue();
  }
}
