package io.overt.agent.vms;

import io.overt.agent.hypervisor.DomainState;
import io.overt.agent.hypervisor.DomainSummary;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.vms.VmExit.ExitReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rebuilds the list of virtual machines from what the hypervisor runs; never touches a domain. */
final class Recovery {

  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final Journal journal;

  Recovery(Vms vms, Hypervisor hypervisor, Journal journal) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.journal = journal;
  }

  void recover() {
    // The journal first: a domain that ends in between is then missing from the list, not from
    // the journal, and appears Down.
    Map<UUID, Journal.Entry> promised = journal.entries();
    List<DomainSummary> domains = hypervisor.list();
    domains.stream()
        .filter(domain -> !reportedDown(promised.get(domain.id())))
        .forEach(domain -> find(domain, transit(promised.get(domain.id()))));
    promised.forEach(
        (id, entry) -> {
          if (vms.known(id).isEmpty()
              && !(entry.exit().isEmpty()
                  && vms.migrations().foundMissing(id, entry.name(), entry.transit()))) {
            // The engine may start it elsewhere when it hears of this end, so a launch that the
            // last agent left behind must not come true later.
            vms.refuse(id);
            Vm vm = vms.newVm(id, entry.name(), "", Optional.empty());
            vms.add(vm);
            vms.end(vm, entry.exit().orElseGet(() -> VmExit.error(ExitReason.DOMAIN_MISSING)));
          }
        });
    reconcile();
    log.info(
        "Recovered {} virtual machines, {} of them running",
        vms.known().size(),
        vms.known().stream().filter(Vm::alive).count());
  }

  /** Ends what is gone and takes in what is new, for the case that an event was missed. */
  void reconcile() {
    List<Vm> believedAlive = vms.known().stream().filter(Vm::alive).toList();
    List<DomainSummary> domains = hypervisor.list();
    Set<UUID> present = domains.stream().map(DomainSummary::id).collect(Collectors.toSet());
    believedAlive.stream()
        .filter(vm -> !present.contains(vm.id()) && !vms.migrations().follows(vm.id()))
        .forEach(
            vm ->
                vms.end(vm, vm.intendedExit().orElseGet(() -> VmExit.error(ExitReason.LOST_QEMU))));
    for (DomainSummary domain : domains) {
      if (vms.isUnwanted(domain.id())) {
        vms.destroyUnwanted(domain.id());
      } else {
        vms.known(domain.id()).ifPresent(vm -> vms.migrations().observe(vm, domain.state()));
        find(domain, "");
      }
    }
  }

  private static String transit(Journal.@Nullable Entry entry) {
    return entry == null ? "" : entry.transit();
  }

  /** The engine was told that it is down, and may have started it elsewhere since. */
  private static boolean reportedDown(Journal.@Nullable Entry entry) {
    return entry != null && entry.exit().isPresent();
  }

  private void find(DomainSummary domain, String transit) {
    if (vms.known(domain.id()).isPresent() || domain.state() instanceof DomainState.Stopped) {
      return;
    }
    try {
      String xml = hypervisor.xml(domain.id());
      DomainDescription description = DomainDescription.read(xml);
      Vm vm = vms.newVm(domain.id(), domain.name(), xml, Optional.of(description));
      if (Migrations.isArriving(domain.state(), transit)) {
        vm.foundArriving(xml, Optional.of(description));
        vms.add(vm);
        vms.migrations().foundArriving(vm);
        return;
      }
      vm.found(xml, description, pause(domain.state()));
      if (domain.state() instanceof DomainState.Paused(DomainState.PauseCause cause)
          && cause == DomainState.PauseCause.SAVING) {
        // The last agent began to save it; the hypervisor goes on with that.
        vm.beginTransit(VmStatus.SAVING_STATE);
      }
      vms.add(vm);
      if (Devices.agentConnected(Devices.root(xml))) {
        vms.guests().agent(domain.id(), true);
      }
      vms.migrations().foundLeaving(vm, transit);
    } catch (HypervisorException e) {
      if (e.kind() != HypervisorException.Kind.DOMAIN_MISSING) {
        throw e;
      }
      log.info("Domain {} ended while it was being recovered", domain.id());
    }
  }

  private static Optional<PauseCode> pause(DomainState state) {
    return switch (state) {
      case DomainState.Paused paused ->
          Optional.of(
              switch (paused.cause()) {
                case IO_ERROR -> PauseCode.EOTHER;
                case POSTCOPY, POSTCOPY_FAILED -> PauseCode.POSTCOPY;
                case USER, MIGRATION, SAVING, STARTING, OTHER -> PauseCode.NOERR;
              });
      case DomainState.Running running -> Optional.empty();
      case DomainState.ShuttingDown shuttingDown -> Optional.empty();
      case DomainState.Stopped stopped -> Optional.empty();
    };
  }
}
