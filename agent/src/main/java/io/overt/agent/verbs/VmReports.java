package io.overt.agent.verbs;

import io.overt.agent.hypervisor.DomainStatistics;
import io.overt.agent.hypervisor.DomainStatistics.Disk;
import io.overt.agent.hypervisor.DomainStatistics.Interface;
import io.overt.agent.hypervisor.GuestFacts;
import io.overt.agent.vms.DomainDescription;
import io.overt.agent.vms.Samples;
import io.overt.agent.vms.VmExit;
import io.overt.agent.vms.VmSnapshot;
import io.overt.agent.vms.VmStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Virtual machines in VDSM's words: statistics (schema RunningVmStats and ExitedVmStats),
 * definitions, and the content of status events.
 */
final class VmReports {

  private final String displayAddress;
  private final boolean kvm;
  private final Function<UUID, Optional<GuestFacts>> guests;

  /**
   * @param displayAddress where consoles are reached
   * @param guests what their agents say
   */
  VmReports(String displayAddress, boolean kvm, Function<UUID, Optional<GuestFacts>> guests) {
    this.displayAddress = displayAddress;
    this.kvm = kvm;
    this.guests = guests;
  }

  /** The statistics of one machine. */
  Map<String, Object> statistics(VmSnapshot vm, Samples.Sampled sampled) {
    Samples.Pair sample = sampled.of(vm.id()).orElse(null);
    if (vm.exit().isPresent()) {
      return exited(vm, vm.exit().get()).text("statusTime", vm.statusTime()).build();
    }
    Optional<DomainDescription> description = vm.description();
    Answer answer =
        Answer.object()
            .put("vmId", vm.id().toString())
            .put("vmName", vm.name())
            .put("status", vm.status().text())
            .text("statusTime", vm.statusTime())
            .put("vmType", "kvm")
            .text("kvmEnable", kvm)
            .text("acpiEnable", description.map(DomainDescription::acpi).orElse(false))
            .text("elapsedTime", elapsed(description))
            .put("timeOffset", "0")
            .put("monitorResponse", sampled.unresponsive(vm.id()) ? "-1" : "0")
            .put("pauseCode", vm.pauseCode().map(Enum::name).orElse("NOERR"))
            .put("clientIp", vm.clientAddress())
            .put("boot", "c")
            .put("cdrom", description.map(DomainDescription::disc).orElse(""))
            .put("cpuActual", sample != null);
    if (!vm.hash().isEmpty()) {
      answer.put("hash", vm.hash());
    }
    answer.putAll(GuestReports.of(guests.apply(vm.id())));
    watchdog(vm, answer);
    vm.migrationProgress().ifPresent(percent -> answer.put("migrationProgress", percent));
    answer.putAll(load(description, sample));
    answer.putAll(displays(description));
    return answer.build();
  }

  /** The content of a {@code |virt|VM_status|} event for this machine. */
  Map<String, Object> event(VmSnapshot vm) {
    if (vm.exit().isPresent()) {
      return exited(vm, vm.exit().get()).build();
    }
    Answer answer = Answer.object().put("status", vm.status().text()).put("timeOffset", "0");
    if (!vm.hash().isEmpty()) {
      answer.put("hash", vm.hash());
    }
    watchdog(vm, answer);
    if (vm.status() == VmStatus.PAUSED) {
      answer.put("pauseCode", vm.pauseCode().map(Enum::name).orElse("NOERR"));
      answer.putIfPresent(
          "ioerror",
          vm.ioFault()
              .map(
                  fault ->
                      Map.of(
                          "alias", fault.alias(), "name", fault.target(), "path", fault.path())));
    }
    return answer.build();
  }

  private static void watchdog(VmSnapshot vm, Answer answer) {
    vm.watchdog()
        .ifPresent(
            event ->
                answer.put(
                    "watchdogEvent",
                    Map.of("time", (double) event.seconds(), "action", event.action())));
  }

  /** What VM.create answers and lists of virtual machines carry (schema VmDefinition). */
  Map<String, Object> definition(VmSnapshot vm, Samples.Sampled sampled) {
    return definition(vm, processId(vm, sampled));
  }

  private static long processId(VmSnapshot vm, Samples.Sampled sampled) {
    return sampled.of(vm.id()).map(pair -> pair.latest().processId()).orElse(0L);
  }

  /** The same with what the guest says (schema VMFullInfo). */
  Map<String, Object> full(VmSnapshot vm, Samples.Sampled sampled) {
    Map<String, Object> guest = GuestReports.of(guests.apply(vm.id()));
    guest.keySet().retainAll(GuestReports.IN_DEFINITIONS);
    return Answer.object()
        .putAll(guest)
        .putAll(described(vm, processId(vm, sampled)).build())
        .put("arch", vm.description().map(DomainDescription::architecture).orElse("x86_64"))
        .put("statusTime", vm.statusTime())
        .put("guestDiskMapping", Map.of())
        .put("nicModel", "pv")
        .put("pitReinjection", false)
        .put("smartcardEnable", false)
        .put("spiceSslCipherSuite", "DEFAULT")
        .build();
  }

  /** The answer of VM.create, when there is no process yet. */
  Map<String, Object> accepted(VmSnapshot vm) {
    return definition(vm, 0);
  }

  private Map<String, Object> definition(VmSnapshot vm, long processId) {
    Answer answer = described(vm, processId);
    vm.exit()
        .ifPresent(exit -> answer.put("exitCode", exit.code()).put("exitMessage", exit.message()));
    return answer.build();
  }

  private Answer described(VmSnapshot vm, long processId) {
    Optional<DomainDescription> description = vm.description();
    return Answer.object()
        .put("vmId", vm.id().toString())
        .put("vmName", vm.name())
        .put("status", vm.status().text())
        .put("vmType", "kvm")
        .put("memSize", description.map(DomainDescription::memoryMib).orElse(0L))
        .put("memGuaranteedSize", description.map(DomainDescription::guaranteedMib).orElse(0L))
        .put("smp", description.map(DomainDescription::vcpus).orElse(0))
        .put("kvmEnable", kvm)
        .put("transparentHugePages", true)
        .put("timeOffset", 0)
        .put("nice", 0)
        .put("pid", processId)
        .put("acpiEnable", description.map(DomainDescription::acpi).orElse(false))
        .put("clientIp", vm.clientAddress())
        .put("emulatedMachine", description.map(DomainDescription::machine).orElse(""))
        .put("cpuType", description.map(DomainDescription::cpuModel).orElse(""))
        .put("custom", Map.of())
        .put("devices", List.of())
        .put("keyboardLayout", "en-us")
        .put("smpCoresPerSocket", 1)
        .put("pauseCode", vm.pauseCode().map(Enum::name).orElse("NOERR"));
  }

  private static Answer exited(VmSnapshot vm, VmExit exit) {
    return Answer.object()
        .put("vmId", vm.id().toString())
        .put("status", vm.status().text())
        .put("exitCode", exit.code())
        .put("exitReason", exit.reason().number())
        .put("exitMessage", exit.message())
        .put("timeOffset", "0");
  }

  private static long elapsed(Optional<DomainDescription> description) {
    long start = description.map(DomainDescription::startSeconds).orElse(0L);
    return start == 0 ? 0 : Math.max(0, System.currentTimeMillis() / 1000 - start);
  }

  private static Map<String, Object> load(
      Optional<DomainDescription> description, Samples.@Nullable Pair sample) {
    DomainStatistics now = sample == null ? DomainStatistics.unresponsive(0) : sample.latest();
    double seconds = sample == null ? 0 : sample.seconds();
    long maximum = Math.max(1, description.map(DomainDescription::memoryKib).orElse(1L));
    long unused = now.memory().unusedKib();
    long usage = unused < 0 ? 0 : Math.clamp(100 - unused * 100 / maximum, 0, 100);
    int vcpus = now.vcpus() > 0 ? now.vcpus() : description.map(DomainDescription::vcpus).orElse(1);
    Answer answer =
        Answer.object()
            .text("pid", now.processId())
            .put("guestCPUCount", -1)
            .text("vcpuCount", vcpus)
            .text("memUsage", usage)
            .put("cpuUser", cpu(sample, seconds, DomainStatistics::cpuUserNanos))
            .put("cpuSys", cpu(sample, seconds, DomainStatistics::cpuSystemNanos))
            .text("cpuUsage", now.cpuNanos())
            .put("vcpuPeriod", 0)
            .put("vcpuQuota", "0")
            .put("ioTune", List.of())
            .put("vmJobs", Map.of())
            .put("network", network(description, now))
            .put("disks", disks(description, sample, now, seconds));
    if (now.memory().currentKib() > 0) {
      answer.put(
          "balloonInfo",
          Answer.object()
              .text("balloon_cur", now.memory().currentKib())
              .text("balloon_max", now.memory().maximumKib())
              .text(
                  "balloon_min",
                  description.map(DomainDescription::guaranteedMib).orElse(0L) * 1024)
              .text("balloon_target", now.memory().currentKib())
              .put("ballooning_enabled", true)
              .build());
    }
    if (unused >= 0) {
      answer.put(
          "memoryStats",
          Answer.object()
              .text("mem_total", now.memory().currentKib())
              .text("mem_unused", unused)
              .text("mem_free", Math.max(unused, now.memory().usableKib()))
              .put("pageflt", 0)
              .put("majflt", 0)
              .put("minflt", 0)
              .put("swap_in", 0)
              .put("swap_out", 0)
              .build());
    }
    return answer.build();
  }

  /** Percent of one CPU over the time between the samples. */
  private static String cpu(
      Samples.@Nullable Pair sample, double seconds, ToLongFunction<DomainStatistics> counter) {
    if (sample == null || seconds <= 0 || sample.earlier().isEmpty()) {
      return "0.00";
    }
    long used = counter.applyAsLong(sample.latest()) - counter.applyAsLong(sample.earlier().get());
    return String.format(Locale.ROOT, "%.2f", Math.max(0, used / 1e7 / seconds));
  }

  private static Map<String, Object> network(
      Optional<DomainDescription> description, DomainStatistics now) {
    Map<String, Object> network = new LinkedHashMap<>();
    List<DomainDescription.Nic> nics = description.map(DomainDescription::nics).orElse(List.of());
    for (DomainDescription.Nic nic : nics) {
      Interface counters =
          now.interfaces().stream()
              .filter(each -> each.device().equals(nic.device()))
              .findFirst()
              .orElse(new Interface(nic.device(), 0, 0, 0, 0, 0, 0));
      String key = nic.device().isEmpty() ? nic.mac() : nic.device();
      network.put(
          key,
          Answer.object()
              .put("name", key)
              .put("macAddr", nic.mac())
              .put("state", nic.linkUp() ? "up" : "down")
              .put("speed", nic.model().equals("virtio") ? "1000" : "100")
              .text("rx", counters.receivedBytes())
              .text("rxErrors", counters.receiveErrors())
              .text("rxDropped", counters.receiveDrops())
              .text("tx", counters.sentBytes())
              .text("txErrors", counters.sendErrors())
              .text("txDropped", counters.sendDrops())
              .put("sampleTime", now.sampledNanos() / 1e9)
              .build());
    }
    return network;
  }

  private static Map<String, Object> disks(
      Optional<DomainDescription> description,
      Samples.@Nullable Pair sample,
      DomainStatistics now,
      double seconds) {
    Map<String, Object> disks = new LinkedHashMap<>();
    for (DomainDescription.Drive drive :
        description.map(DomainDescription::drives).orElse(List.of())) {
      Disk latest = disk(now, drive.target());
      Disk earlier =
          sample == null || sample.earlier().isEmpty()
              ? latest
              : disk(sample.earlier().get(), drive.target());
      disks.put(
          drive.target(),
          Answer.object()
              .text("truesize", latest.physicalBytes())
              .text("apparentsize", latest.allocatedBytes())
              .text("readBytes", latest.readBytes())
              .text("writtenBytes", latest.writtenBytes())
              .text("readOps", latest.readRequests())
              .text("writeOps", latest.writeRequests())
              .put("readRate", rate(latest.readBytes() - earlier.readBytes(), seconds))
              .put("writeRate", rate(latest.writtenBytes() - earlier.writtenBytes(), seconds))
              .text(
                  "readLatency",
                  latency(
                      latest.readNanos() - earlier.readNanos(),
                      latest.readRequests() - earlier.readRequests()))
              .text(
                  "writeLatency",
                  latency(
                      latest.writeNanos() - earlier.writeNanos(),
                      latest.writeRequests() - earlier.writeRequests()))
              .text(
                  "flushLatency",
                  latency(
                      latest.flushNanos() - earlier.flushNanos(),
                      latest.flushRequests() - earlier.flushRequests()))
              .put("imageID", drive.imageId())
              .build());
    }
    return disks;
  }

  private static Disk disk(DomainStatistics statistics, String target) {
    return statistics.disks().stream()
        .filter(disk -> disk.target().equals(target))
        .findFirst()
        .orElse(new Disk(target, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  private static String rate(long bytes, double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds <= 0 ? 0.0 : Math.max(0, bytes) / seconds);
  }

  private static long latency(long nanos, long requests) {
    return requests <= 0 ? 0 : Math.max(0, nanos) / requests;
  }

  private Map<String, Object> displays(Optional<DomainDescription> description) {
    List<DomainDescription.Display> all =
        description.map(DomainDescription::displays).orElse(List.of());
    List<Object> info = new ArrayList<>();
    for (DomainDescription.Display display : all) {
      if (display.type().equals("vnc") || display.type().equals("spice")) {
        info.add(
            Answer.object()
                .put("type", display.type())
                .text("port", display.port())
                .text("tlsPort", display.tlsPort())
                .put("ipAddress", displayAddress)
                .build());
      }
    }
    Answer answer = Answer.object().put("displayInfo", info);
    Optional<DomainDescription.Display> first = all.stream().findFirst();
    return answer
        .text("displayPort", first.map(DomainDescription.Display::port).orElse(-1))
        .text("displaySecurePort", first.map(DomainDescription.Display::tlsPort).orElse(-1))
        .put(
            "displayType",
            first.map(DomainDescription.Display::type).filter("spice"::equals).isPresent()
                ? "qxl"
                : "vnc")
        .put("displayIp", displayAddress)
        .build();
  }
}
