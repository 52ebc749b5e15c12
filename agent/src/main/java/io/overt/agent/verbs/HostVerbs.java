package io.overt.agent.verbs;

import io.overt.agent.hooks.HookContext;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hooks.Hooks;
import io.overt.agent.hypervisor.HostDevice;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.NodeStatistics;
import io.overt.agent.network.HostNetworks;
import io.overt.agent.storage.DomainHealth;
import io.overt.agent.vms.Samples;
import io.overt.agent.vms.VmSnapshot;
import io.overt.agent.vms.VmStatus;
import io.overt.agent.vms.Vms;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The Host verbs: what the host is, how it does, and lists of its virtual machines. */
final class HostVerbs implements Verbs.VerbGroup {

  private final Hypervisor hypervisor;
  private final Vms vms;
  private final Samples samples;
  private final VmReports reports;
  private final DomainHealth storage;
  private final Hooks hooks;
  private final HostNetworks networks;

  HostVerbs(
      Hypervisor hypervisor,
      Vms vms,
      Samples samples,
      VmReports reports,
      DomainHealth storage,
      Hooks hooks,
      HostNetworks networks) {
    this.networks = networks;
    this.hypervisor = hypervisor;
    this.vms = vms;
    this.samples = samples;
    this.reports = reports;
    this.storage = storage;
    this.hooks = hooks;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("Host.ping2", call -> true);
    registry.add("Host.getCapabilities", call -> capabilities());
    registry.add("Host.getHardwareInfo", call -> HostReports.hardware(hypervisor.facts()));
    registry.add("Host.getStats", call -> statistics());
    registry.add("Host.getAllVmStats", call -> allVmStatistics());
    registry.add("Host.getVMList", this::list);
    registry.add("Host.getVMFullList", this::fullList);
    registry.add("Host.dumpxmls", this::xmls);
    registry.add("Host.setMOMPolicyParameters", this::setMomPolicy);
    registry.add("Host.hostdevListByCaps", this::devices);
  }

  private Object capabilities() {
    before(HookPoint.BEFORE_GET_CAPS);
    return after(
        HookPoint.AFTER_GET_CAPS,
        HostReports.capabilities(hypervisor.facts(), hooks.inventory(), networks));
  }

  private void before(HookPoint point) {
    hooks.json(point, HookContext.host(), Map.of());
  }

  private <T> T after(HookPoint point, T answer) {
    return hooks.json(point, HookContext.host(), answer);
  }

  private Object statistics() {
    before(HookPoint.BEFORE_GET_STATS);
    NodeStatistics node = hypervisor.nodeStatistics();
    List<VmSnapshot> all = vms.list();
    List<VmSnapshot> active = all.stream().filter(vm -> vm.status() != VmStatus.DOWN).toList();
    long elapsed = Math.max(0, System.currentTimeMillis() / 1000 - node.bootTimeSeconds());
    return after(
        HookPoint.AFTER_GET_STATS,
        HostReports.statistics(
            node,
            elapsed,
            new HostReports.VmCounts(
                all.size(),
                active.size(),
                count(all, VmStatus.MIGRATION_DESTINATION),
                count(all, VmStatus.MIGRATION_SOURCE)),
            storage.check(),
            networks));
  }

  private static int count(List<VmSnapshot> all, VmStatus status) {
    return (int) all.stream().filter(vm -> vm.status() == status).count();
  }

  private Object allVmStatistics() {
    before(HookPoint.BEFORE_GET_ALL_VM_STATS);
    Samples.Sampled sampled = samples.take();
    return after(
        HookPoint.AFTER_GET_ALL_VM_STATS,
        vms.list().stream().map(vm -> reports.statistics(vm, sampled)).toList());
  }

  /** Ids, or with {@code onlyUUID} false a status for each. */
  private Object list(Parameters call) {
    boolean onlyId = call.flag("onlyUUID", true);
    return selected(call)
        .<Object>map(
            vm ->
                onlyId
                    ? vm.id().toString()
                    : Answer.object()
                        .put("vmId", vm.id().toString())
                        .put("status", vm.status().text())
                        .text("statusTime", vm.statusTime())
                        .build())
        .toList();
  }

  private Object fullList(Parameters call) {
    Samples.Sampled sampled = samples.take();
    return selected(call).map(vm -> reports.full(vm, sampled)).toList();
  }

  private Object xmls(Parameters call) {
    Map<String, Object> xmls = new LinkedHashMap<>();
    selected(call)
        .filter(vm -> !vm.xml().isEmpty())
        .forEach(vm -> xmls.put(vm.id().toString(), vm.xml()));
    return xmls;
  }

  private Stream<VmSnapshot> selected(Parameters call) {
    Set<UUID> wanted = new HashSet<>(call.uuids("vmList"));
    return vms.list().stream().filter(vm -> wanted.isEmpty() || wanted.contains(vm.id()));
  }

  /** This host runs no memory overcommitment manager (momStatus tells); nothing to set. */
  private Object setMomPolicy(Parameters call) {
    call.object("key_value_store");
    return true;
  }

  private Object devices(Parameters call) {
    Set<String> capabilities = new HashSet<>();
    if (call.has("caps")) {
      call.list("caps").forEach(capability -> capabilities.add(String.valueOf(capability)));
    }
    Map<String, HostDevice> selected = new LinkedHashMap<>();
    hypervisor
        .devices()
        .forEach(
            (name, device) -> {
              if (capabilities.isEmpty() || capabilities.contains(device.capability())) {
                selected.put(name, device);
              }
            });
    return after(HookPoint.AFTER_HOSTDEV_LIST_BY_CAPS, HostReports.devices(selected));
  }
}
