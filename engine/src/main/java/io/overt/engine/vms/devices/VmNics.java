package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.RunningMachines;
import io.overt.engine.vms.guest.MachineReports;
import io.overt.engine.vms.guest.NicStatistics;
import io.overt.engine.vms.guest.ReportedDevices;
import io.overt.engine.vms.run.HotPlugs;
import io.overt.events.About;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
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
import java.util.List;
import java.util.Objects;

/** {@code /vms/{id}/nics}. */
public final class VmNics implements VmNicsService {
  private final Platform platform;
  private final MachineReports reports;
  private final HotPlugs hotPlugs;
  private final String vmId;
  private final Devices<Vm, Nic> nics;

  public VmNics(Platform platform, MachineReports reports, HotPlugs hotPlugs, String vmId) {
    this.platform = platform;
    this.reports = reports;
    this.hotPlugs = hotPlugs;
    this.vmId = vmId;
    this.nics = new Devices<>(platform, Kinds.VM, vmId, Kinds.NIC);
  }

  @Override
  public List<Nic> list(ListRequest request) {
    return nics.listLeniently(request.call());
  }

  /** A machine and one of its NICs, and whether the host has to do something about it. */
  private record Plan(Entity<Vm> vm, Entity<Nic> nic, Nic wanted, boolean live) {}

  @Override
  public Outcome<Nic> add(AddRequest request) {
    Call call = request.call();
    Nic body = platform.body(request.nic());
    Plan plan = platform.writeRetrying(transaction -> add(transaction, call, body));
    if (!plan.live()) {
      return Outcome.done(Devices.shown(plan.nic()));
    }
    try {
      hotPlugs.plugNic(call, plan.vm(), plan.wanted());
    } catch (ApiFault e) {
      platform.write(
          transaction -> {
            transaction.find(Kinds.NIC, plan.nic().id()).ifPresent(transaction::delete);
            report(transaction, call, "NETWORK_ADD_VM_INTERFACE_FAILED", plan.vm(), plan.wanted());
            return plan.nic().id();
          });
      throw e;
    }
    return Outcome.done(
        Devices.shown(
            platform.write(
                transaction -> {
                  Entity<Nic> nic = nics.require(call, transaction, plan.nic().id());
                  report(transaction, call, "NETWORK_ADD_VM_INTERFACE", plan.vm(), plan.wanted());
                  Nic plugged = (Nic) nic.value().shallowCopy();
                  return transaction.update(nic, plugged.plugged(true));
                })));
  }

  /** A NIC that is to be plugged into a running machine is written down unplugged at first. */
  private Plan add(Transaction transaction, Call call, Nic body) {
    Entity<Vm> vm = nics.owner(call, transaction);
    Nic nic = NicRules.created(transaction, body, platform.newId());
    boolean live = isUp(vm) && isPlugged(nic);
    if (live) {
      RunningMachines.requireUp(vm, "plug a network interface into");
    }
    NicRules.requireFreeName(transaction, vm.key(), nic);
    Cluster cluster = clusterOf(transaction, vm);
    NicRules.requireReachable(transaction, nic, cluster.requireId());
    MacAddresses addresses = MacAddresses.of(transaction);
    Mac wanted = body.mac();
    nic.mac(
        wanted == null || wanted.address() == null
            ? addresses.next(cluster)
            : addresses.chosen(Objects.requireNonNull(wanted.address()), cluster));
    Nic stored = live ? ((Nic) nic.shallowCopy()).plugged(false) : nic;
    Entity<Nic> entity = nics.insert(transaction, stored);
    if (!live) {
      report(transaction, call, "NETWORK_ADD_VM_INTERFACE", vm, nic);
    }
    return new Plan(vm, entity, nic, live);
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
      Plan plan =
          platform.writeRetrying(
              transaction -> {
                Plan planned = plan(transaction, call, body);
                return planned.live() ? planned : written(transaction, call, planned);
              });
      if (plan.live()) {
        changeLive(call, plan);
        plan =
            platform.writeRetrying(
                transaction -> written(transaction, call, plan(transaction, call, body)));
      }
      return Outcome.done(Devices.shown(plan.nic()));
    }

    private Plan plan(Transaction transaction, Call call, Nic body) {
      Entity<Vm> vm = nics.owner(call, transaction);
      Entity<Nic> current = nics.require(call, transaction, id);
      Nic nic = NicRules.updated(transaction, current.value(), body);
      NicRules.requireFreeName(transaction, vm.key(), nic);
      Cluster cluster = clusterOf(transaction, vm);
      NicRules.requireReachable(transaction, nic, cluster.requireId());
      Mac wanted = body.mac();
      if (wanted != null && wanted.address() != null) {
        MacAddresses addresses = MacAddresses.of(transaction);
        addresses.release(current.value().mac());
        nic.mac(addresses.chosen(Objects.requireNonNull(wanted.address()), cluster));
      }
      boolean live =
          isUp(vm)
              && (isPlugged(nic) != isPlugged(current.value())
                  || (isPlugged(nic) && !nic.equals(current.value())));
      if (live) {
        RunningMachines.requireUp(vm, "change a network interface of");
        requireChangeableLive(current.value(), nic);
      }
      return new Plan(vm, current, nic, live);
    }

    /** What a device is made of cannot change while a guest uses it. */
    private void requireChangeableLive(Nic before, Nic after) {
      if (isPlugged(before)
          && isPlugged(after)
          && (before.interface_() != after.interface_()
              || !Objects.equals(before.mac(), after.mac()))) {
        throw ApiFault.conflict(
            "Type and address of network interface '"
                + before.name()
                + "' cannot change while it is plugged into a running machine; deactivate it first.");
      }
    }

    private void changeLive(Call call, Plan plan) {
      try {
        Nic before = plan.nic().value();
        if (isPlugged(before) && isPlugged(plan.wanted())) {
          hotPlugs.updateNic(call, plan.vm(), plan.wanted());
        } else if (isPlugged(before)) {
          hotPlugs.unplugNic(call, plan.vm(), before);
        } else {
          hotPlugs.plugNic(call, plan.vm(), plan.wanted());
        }
      } catch (ApiFault e) {
        reportAlone(call, "NETWORK_UPDATE_VM_INTERFACE_FAILED", plan);
        throw e;
      }
    }

    private Plan written(Transaction transaction, Call call, Plan plan) {
      report(transaction, call, "NETWORK_UPDATE_VM_INTERFACE", plan.vm(), plan.wanted());
      return new Plan(
          plan.vm(), transaction.update(plan.nic(), plan.wanted()), plan.wanted(), false);
    }

    @Override
    public Outcome<Struct> remove(RemoveRequest request) {
      Call call = request.call();
      platform.write(
          transaction -> {
            Entity<Vm> vm = nics.owner(call, transaction);
            Entity<Nic> nic = nics.require(call, transaction, id);
            if (isUp(vm) && isPlugged(nic.value())) {
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
      return plug(request.call(), true, "NETWORK_ACTIVATE_VM_INTERFACE");
    }

    @Override
    public Outcome<Action> deactivate(DeactivateRequest request) {
      return plug(request.call(), false, "NETWORK_DEACTIVATE_VM_INTERFACE");
    }

    private Outcome<Action> plug(Call call, boolean plugged, String event) {
      Plan plan =
          platform.write(
              transaction -> {
                Entity<Vm> vm = nics.owner(call, transaction);
                Entity<Nic> nic = nics.require(call, transaction, id);
                boolean changes = isPlugged(nic.value()) != plugged;
                if (changes && isUp(vm)) {
                  RunningMachines.requireUp(
                      vm, (plugged ? "activate" : "deactivate") + " a network interface of");
                  return new Plan(vm, nic, nic.value(), true);
                }
                if (changes) {
                  plugged(transaction, nic, plugged);
                  report(transaction, call, event + "_SUCCESS", vm, nic.value());
                }
                return new Plan(vm, nic, nic.value(), false);
              });
      if (!plan.live()) {
        return Outcome.done(new Action());
      }
      try {
        if (plugged) {
          hotPlugs.plugNic(call, plan.vm(), plan.wanted());
        } else {
          hotPlugs.unplugNic(call, plan.vm(), plan.wanted());
        }
      } catch (ApiFault e) {
        reportAlone(call, event + "_FAILURE", plan);
        throw e;
      }
      String job =
          platform.write(
              transaction -> {
                plugged(transaction, nics.require(call, transaction, id), plugged);
                report(transaction, call, event + "_SUCCESS", plan.vm(), plan.wanted());
                return platform.finishedJob(
                    transaction,
                    call,
                    "%s Network Interface %s of VM %s"
                        .formatted(
                            plugged ? "Activating" : "Deactivating",
                            plan.wanted().name(),
                            plan.vm().value().name()));
              });
      return Outcome.done(new Action(), job);
    }

    private static Entity<Nic> plugged(Transaction transaction, Entity<Nic> nic, boolean plugged) {
      Nic changed = (Nic) nic.value().shallowCopy();
      return transaction.update(nic, changed.plugged(plugged));
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

  private static boolean isPlugged(Nic nic) {
    return !Boolean.FALSE.equals(nic.plugged());
  }

  static boolean isUp(Entity<Vm> vm) {
    return RunningMachines.runs(vm);
  }

  static Cluster clusterOf(Transaction transaction, Entity<Vm> vm) {
    Cluster reference = Objects.requireNonNull(vm.value().cluster());
    return transaction
        .find(Kinds.CLUSTER, reference.requireId())
        .map(Entity::value)
        .orElseThrow(ApiFault::notFound);
  }

  private void reportAlone(Call call, String type, Plan plan) {
    platform.write(
        transaction -> {
          report(transaction, call, type, plan.vm(), plan.wanted());
          return type;
        });
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
