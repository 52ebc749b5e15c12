package io.overt.agent.verbs;

import io.overt.agent.hooks.HookRun;
import io.overt.agent.hooks.HookSettings;
import io.overt.agent.hooks.Hooks;
import io.overt.agent.hypervisor.GuestFacts;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.jobs.Jobs;
import io.overt.agent.network.HostNetworks;
import io.overt.agent.network.NetworkFile;
import io.overt.agent.network.NetworkLayer;
import io.overt.agent.power.PowerSwitches;
import io.overt.agent.storage.Appliances;
import io.overt.agent.storage.DomainHealth;
import io.overt.agent.storage.DomainStore;
import io.overt.agent.storage.ImageCopies;
import io.overt.agent.storage.Merges;
import io.overt.agent.storage.StorageDomains;
import io.overt.agent.storage.StoragePools;
import io.overt.agent.storage.Tasks;
import io.overt.agent.storage.Volumes;
import io.overt.agent.vms.DiskPaths;
import io.overt.agent.vms.DomainPolicy;
import io.overt.agent.vms.HookPreview;
import io.overt.agent.vms.Journal;
import io.overt.agent.vms.MigrationProgress;
import io.overt.agent.vms.MigrationSettings;
import io.overt.agent.vms.Migrations;
import io.overt.agent.vms.Peers;
import io.overt.agent.vms.Samples;
import io.overt.agent.vms.SerialLines;
import io.overt.agent.vms.StatusClock;
import io.overt.agent.vms.VmTimes;
import io.overt.agent.vms.Vms;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/** Everything behind the verbs of one host, wired together. */
public final class AgentVerbs implements AutoCloseable {

  private final Verbs verbs;
  private final Vms vms;
  private final AtomicBoolean recovered = new AtomicBoolean();

  /**
   * Receives what the engine is to be told: a method {@code |component|operation|id} and its data.
   */
  public interface Publisher {
    void publish(String method, Map<String, Object> data);
  }

  /**
   * What a host consists of.
   *
   * @param networkFile keeps how the networks are arranged
   * @param displayAddress where the engine's users reach consoles
   * @param migration how guests come and go
   * @param peers the agents of other hosts
   * @param power what switches other hosts on and off
   */
  public record Host(
      Hypervisor hypervisor,
      DomainStore store,
      Journal journal,
      DomainPolicy policy,
      VmTimes times,
      HookSettings hooks,
      NetworkLayer networks,
      NetworkFile networkFile,
      String displayAddress,
      MigrationSettings migration,
      Peers peers,
      PowerSwitches power) {}

  /**
   * @param scheduler runs short work; shared, and closed by the caller
   */
  public AgentVerbs(Host host, ScheduledExecutorService scheduler, Publisher publisher) {
    Tasks tasks = new Tasks();
    Volumes volumes = new Volumes(host.store(), tasks);
    Merges merges = new Merges(host.store(), volumes);
    Jobs jobs = new Jobs(job -> tell(publisher, job));
    StorageDomains domains = new StorageDomains(host.store());
    StoragePools pools = new StoragePools(host.store());
    DomainHealth health = new DomainHealth(host.store(), pools, Duration.ofSeconds(3));
    VmReports reports =
        new VmReports(
            host.displayAddress(),
            host.policy().virtType() == DomainPolicy.VirtType.KVM,
            this::guest);
    Hooks hooks = new Hooks(host.hooks(), run -> tell(publisher, run));
    HostNetworks networks = new HostNetworks(host.networks(), host.networkFile(), hooks);
    DiskPaths paths = new VmImages(volumes, merges);
    this.vms =
        new Vms(
            host.hypervisor(),
            host.journal(),
            host.policy(),
            paths,
            hooks,
            vm -> {
              Map<String, Object> data = new LinkedHashMap<>();
              data.put(vm.id().toString(), reports.event(vm));
              data.put("notify_time", vm.statusTime());
              publisher.publish("|virt|VM_status|" + vm.id(), data);
            },
            host.times(),
            new Migrations.Parts(
                host.migration(), host.peers(), progress -> tell(publisher, progress)),
            scheduler);
    Samples samples = new Samples(host.hypervisor(), Duration.ofSeconds(1), Duration.ofSeconds(30));
    this.verbs =
        new Verbs(
            recovered::get,
            new HostVerbs(host.hypervisor(), vms, samples, reports, health, hooks, networks),
            new NetworkVerbs(networks),
            new PowerVerbs(host.power()),
            new VmVerbs(vms, samples, reports, hooks),
            new DeviceVerbs(vms, samples, reports),
            new GuestVerbs(vms),
            new MigrationVerbs(vms.migrations()),
            new HookVerbs(new HookPreview(hooks, host.policy(), paths), host.hypervisor()),
            new SavedStateVerbs(vms),
            new LiveDiskVerbs(vms, jobs),
            new JobVerbs(jobs, tasks, merges, new ImageCopies(host.store(), volumes)),
            new ApplianceVerbs(jobs, new Appliances(host.store(), volumes)),
            new StoragePoolVerbs(host.store(), domains, pools, tasks),
            new StorageDomainVerbs(domains, pools, volumes),
            new VolumeVerbs(volumes),
            new ImageVerbs(volumes, vms.liveDisks()),
            new TaskVerbs(tasks));
  }

  private Optional<GuestFacts> guest(UUID vm) {
    return vms.guests().of(vm);
  }

  private static void tell(Publisher publisher, Jobs.Status job) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", job.id().toString());
    data.put("status", job.status());
    data.put("job_type", job.type());
    data.put("notify_time", StatusClock.monotonic().now());
    publisher.publish("|jobs|status|" + job.id(), data);
  }

  /** An event of this agent's own; VDSM has none for scripts. */
  private static void tell(Publisher publisher, HookRun run) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("point", run.point().text());
    data.put("script", run.script().toString());
    data.put("exitCode", run.exitCode());
    data.put("overdue", run.overdue());
    data.put("milliseconds", run.took().toMillis());
    data.put("errors", run.errors());
    run.vm().ifPresent(vm -> data.put("vmId", vm.toString()));
    data.put("notify_time", StatusClock.monotonic().now());
    publisher.publish("|hooks|ran|" + run.vm().map(UUID::toString).orElse("no_id"), data);
  }

  private static void tell(Publisher publisher, MigrationProgress progress) {
    Map<String, Object> word = new LinkedHashMap<>();
    word.put("progress", progress.percent());
    word.put("postcopy", progress.postCopy());
    progress.downtime().ifPresent(downtime -> word.put("downtime", downtime.toMillis()));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put(progress.vm().toString(), word);
    data.put("notify_time", progress.time());
    publisher.publish("|virt|VM_migration_status|" + progress.vm(), data);
  }

  public Verbs verbs() {
    return verbs;
  }

  /** Serial consoles of the host's virtual machines. */
  public SerialLines serialLines() {
    return vms.serialLines();
  }

  /**
   * Finds the host's virtual machines again; verbs answer code 99 until it has succeeded.
   *
   * @throws io.overt.agent.hypervisor.HypervisorException when the hypervisor cannot be asked
   */
  public void recover() {
    vms.recover();
    recovered.set(true);
  }

  /** Stops watching; virtual machines go on. */
  @Override
  public void close() {
    recovered.set(false);
    vms.close();
  }
}
