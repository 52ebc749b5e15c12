package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.engine.vms.guest.MachineReports;
import io.overt.engine.vms.guest.NicStatistics;
import io.overt.engine.vms.guest.ReportedDevices;
import io.overt.events.About;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NotImplemented;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.NicNetworkFilterParametersService;
import io.overt.model.services.StatisticsService;
import io.overt.model.services.VmNicService;
import io.overt.model.services.VmNicsService;
import io.overt.model.services.VmReportedDevicesService;
import io.overt.model.types.Action;
import io.overt.model.types.Cluster;
import io.overt.model.types.Mac;
import io.overt.model.types.Nic;
import io.overt.model.types.NicInterface;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Objects;

/** {@code /vms/{id}/nics}. */
public final class VmNics implements VmNicsService {
  private final Platform platform;
  private final MachineReports reports;
  private final String vmId;
  private final Devices<Vm, Nic> nics;

  public VmNics(Platform platform, MachineReports reports, String vmId) {
    this.platform = platform;
    this.reports = reports;
    this.vmId = vmId;
    this.nics = new Devices<>(platform, Kinds.VM, vmId, Kinds.NIC);
  }

  @Override
  public List<Nic> list(ListRequest request) {
    return nics.listLeniently(request.call());
  }

  @Override
  public Outcome<Nic> add(AddRequest request) {
    Call call = request.call();
    Nic body = platform.body(request.nic());
    Entity<Nic> added =
        platform.writeRetrying(
            transaction -> {
              Entity<Vm> vm = nics.owner(call, transaction);
              Nic nic = NicRules.created(transaction, body, platform.newId());
              requireUnpluggedOrDown(vm, nic, "vm_nics.add");
              NicRules.requireFreeName(transaction, vm.key(), nic);
              Cluster cluster = clusterOf(transaction, vm);
              NicRules.requireReachable(transaction, nic, cluster.requireId());
              MacAddresses addresses = MacAddresses.of(transaction);
              Mac wanted = body.mac();
              nic.mac(
                  wanted == null || wanted.address() == null
                      ? addresses.next(cluster)
                      : addresses.chosen(Objects.requireNonNull(wanted.address()), cluster));
              Entity<Nic> entity = nics.insert(transaction, nic);
              report(transaction, call, "NETWORK_ADD_VM_INTERFACE", vm, nic);
              return entity;
            });
    return Outcome.done(Devices.shown(added));
  }

  @Override
  public VmNicService nic(String id) {
    return new One(id);
  }

  private final class One implements VmNicService {
    private final String id;

    One(String id) {
      this.id = id;
    }

    @Override
    public Nic get(GetRequest request) {
      return nics.get(request.call(), id);
    }

    @Override
    public Outcome<Nic> update(UpdateRequest request) {
      Call call = request.call();
      Nic body = platform.body(request.nic());
      Entity<Nic> updated =
          platform.writeRetrying(
              transaction -> {
                Entity<Vm> vm = nics.owner(call, transaction);
                Entity<Nic> current = nics.require(call, transaction, id);
                Nic nic = NicRules.updated(transaction, current.value(), body);
                if (!nic.equals(current.value())) {
                  requireUnpluggedOrDown(vm, current.value(), "vm_nic.update");
                  requireUnpluggedOrDown(vm, nic, "vm_nic.update");
                }
                NicRules.requireFreeName(transaction, vm.key(), nic);
                Cluster cluster = clusterOf(transaction, vm);
                NicRules.requireReachable(transaction, nic, cluster.requireId());
                Mac wanted = body.mac();
                if (wanted != null && wanted.address() != null) {
                  MacAddresses addresses = MacAddresses.of(transaction);
                  addresses.release(current.value().mac());
                  nic.mac(addresses.chosen(Objects.requireNonNull(wanted.address()), cluster));
                }
                report(transaction, call, "NETWORK_UPDATE_VM_INTERFACE", vm, nic);
                return transaction.update(current, nic);
              });
      return Outcome.done(Devices.shown(updated));
    }

    @Override
    public Outcome<Struct> remove(RemoveRequest request) {
      Call call = request.call();
      platform.write(
          transaction -> {
            Entity<Vm> vm = nics.owner(call, transaction);
            Entity<Nic> nic = nics.require(call, transaction, id);
            if (isUp(vm) && !Boolean.FALSE.equals(nic.value().plugged())) {
              throw ApiFault.conflict(
                  "Network interface '"
                      + nic.value().name()
                      + "' is plugged into a running machine; deactivate it first.");
            }
            transaction.delete(nic);
            report(transaction, call, "NETWORK_REMOVE_VM_INTERFACE", vm, nic.value());
            return id;
          });
      return Outcome.removed();
    }

    @Override
    public Outcome<Action> activate(ActivateRequest request) {
      return plug(request.call(), true, "NETWORK_ACTIVATE_VM_INTERFACE_SUCCESS", "activate");
    }

    @Override
    public Outcome<Action> deactivate(DeactivateRequest request) {
      return plug(request.call(), false, "NETWORK_DEACTIVATE_VM_INTERFACE_SUCCESS", "deactivate");
    }

    private Outcome<Action> plug(Call call, boolean plugged, String event, String operation) {
      platform.write(
          transaction -> {
            Entity<Vm> vm = nics.owner(call, transaction);
            Entity<Nic> nic = nics.require(call, transaction, id);
            boolean now = !Boolean.FALSE.equals(nic.value().plugged());
            if (now != plugged) {
              if (isUp(vm)) {
                throw new NotImplemented("vm_nic." + operation + " on a running machine");
              }
              Nic changed = (Nic) nic.value().shallowCopy();
              transaction.update(nic, changed.plugged(plugged));
              report(transaction, call, event, vm, nic.value());
            }
            return id;
          });
      return Outcome.done(new Action());
    }

    @Override
    public NicNetworkFilterParametersService networkFilterParameters() {
      return new FilterParameters(nics, id);
    }

    @Override
    public VmReportedDevicesService reportedDevices() {
      return ReportedDevices.ofNic(platform, reports, vmId, id);
    }

    @Override
    public StatisticsService statistics() {
      return new NicStatistics(platform, reports, vmId, id);
    }
  }

  private static void requireUnpluggedOrDown(Entity<Vm> vm, Nic nic, String operation) {
    if (isUp(vm) && !Boolean.FALSE.equals(nic.plugged())) {
      throw new NotImplemented(operation + " of a plugged interface on a running machine");
    }
  }

  static boolean isUp(Entity<Vm> vm) {
    VmStatus status = vm.value().status();
    return status != null && status != VmStatus.DOWN && status != VmStatus.IMAGE_LOCKED;
  }

  static Cluster clusterOf(Transaction transaction, Entity<Vm> vm) {
    Cluster reference = Objects.requireNonNull(vm.value().cluster());
    return transaction
        .find(Kinds.CLUSTER, reference.requireId())
        .map(Entity::value)
        .orElseThrow(ApiFault::notFound);
  }

  private void report(Transaction transaction, Call call, String type, Entity<Vm> vm, Nic nic) {
    NicInterface model = nic.interface_();
    About about =
        platform
            .about(call, vm.value())
            .with("InterfaceName", nic.name())
            .with("InterfaceType", model == null ? "" : model.wire())
            .with("LinkState", Boolean.FALSE.equals(nic.linked()) ? "Link down." : "Link up.");
    platform.events().append(transaction, type, about);
  }
}
