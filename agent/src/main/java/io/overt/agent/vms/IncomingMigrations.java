package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookException;
import io.overt.agent.hypervisor.DomainState;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.vms.VmExit.ExitReason;
import io.overt.agent.xml.Xml;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The destination's part: ready for the guest, its arrival, and what to do when it stays away. */
final class IncomingMigrations {

  private static final Logger log = LoggerFactory.getLogger(IncomingMigrations.class);

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final LaunchXml launchXml;
  private final VmHooks hooks;
  private final PayloadImages payloads;
  private final MigrationSettings settings;

  IncomingMigrations(
      Vms vms,
      Hypervisor hypervisor,
      LaunchXml launchXml,
      VmHooks hooks,
      PayloadImages payloads,
      MigrationSettings settings) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.launchXml = launchXml;
    this.hooks = hooks;
    this.payloads = payloads;
    this.settings = settings;
  }

  String prepare(UUID id, IncomingGuest guest) {
    String sourceXml = guest.xml();
    Vm vm = announce(id, sourceXml, guest.limit().orElse(settings.incoming()));
    try {
      String adapted =
          Payloads.unpacked(
              launchXml.adapt(
                  sourceXml, guest.console(), (disk, image) -> hooks.diskPrepared(id, disk, image)),
              id,
              guest.media(),
              payloads);
      requireNetworks(adapted);
      hypervisor.expect(adapted);
      hooks.beforeMigrateDestination(id, sourceXml);
      vm.arriving(adapted, DomainDescription.read(adapted));
      expect(vm, settings.arrival());
      return adapted;
    } catch (HookException e) {
      vms.release(vm);
      throw new VdsmError(ErrorCode.HOOK_FAILED, "Destination hook failed: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      vms.release(vm);
      throw e;
    }
  }

  /** Counts and takes a place at once: two sources may ask at the same time. */
  private synchronized Vm announce(UUID id, String xml, int limit) {
    long coming = vms.known().stream().filter(Vm::expected).count();
    if (coming >= Math.max(1, limit)) {
      throw new VdsmError(
          ErrorCode.MIGRATION_LIMIT,
          "Incoming migrations are limited to %d, and %d are under way".formatted(limit, coming));
    }
    Vm vm = vms.accept(id, xml, "VM.migrationCreate");
    vm.expect();
    return vm;
  }

  private void requireNetworks(String xml) {
    Set<String> present =
        hypervisor.facts().networkDevices().stream()
            .map(device -> device.name())
            .collect(Collectors.toSet());
    List<String> missing =
        Xml.child(Xml.parse(xml).getDocumentElement(), "devices").stream()
            .flatMap(devices -> Xml.children(devices, "interface").stream())
            .filter(nic -> nic.getAttribute("type").equals("bridge"))
            .flatMap(nic -> Xml.attribute(nic, "source", "bridge").stream())
            .filter(bridge -> !bridge.equals(NicUpdate.NO_NETWORK) && !present.contains(bridge))
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      throw new VdsmError(
          ErrorCode.MIGRATION,
          "This host lacks the networks that the guest is connected to: "
              + String.join(", ", missing));
    }
  }

  /** Gives the guest up when it is not here after that time. */
  void expect(Vm vm, Duration patience) {
    vms.schedule(() -> vms.inBackground(() -> giveUp(vm, patience)), patience);
  }

  private void giveUp(Vm vm, Duration patience) {
    if (!vm.arriving()) {
      return;
    }
    Optional<DomainState> state = hypervisor.find(vm.id()).map(domain -> domain.state());
    if (state.filter(DomainState.Running.class::isInstance).isPresent()) {
      vms.migrations().landed(vm, Optional.empty());
      return;
    }
    log.warn("{} was announced and did not arrive within {}", vm.id(), patience);
    vms.refuse(vm.id());
    try {
      hypervisor.destroy(vm.id());
    } catch (HypervisorException e) {
      if (e.kind() != HypervisorException.Kind.DOMAIN_MISSING) {
        expect(vm, Duration.ofSeconds(10));
        throw e;
      }
    }
    vms.end(vm, VmExit.error(ExitReason.MIGRATION_FAILED));
  }

  void landed(Vm vm, Optional<PauseCode> paused, Runnable noted) {
    if (vm.land()) {
      vms.inBackground(
          () -> {
            String live;
            try {
              live = hypervisor.xml(vm.id());
            } catch (HypervisorException e) {
              log.warn("{} arrived, and cannot be described: {}", vm.id(), e.getMessage());
              live = vm.snapshot().xml();
            }
            hooks.afterMigrateDestination(vm.id(), live);
            vm.arrived(
                live,
                live.isEmpty() ? Optional.empty() : Optional.of(DomainDescription.read(live)),
                paused);
            noted.run();
            vm.snapshot().exit().ifPresent(exit -> vms.endedAfterArrival(vm, exit));
          });
    }
  }
}
