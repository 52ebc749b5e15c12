package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.engine.vms.guest.MachineReports;
import io.overt.engine.vms.run.HotPlugs;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.services.VmCdromService;
import io.overt.model.services.VmCdromsService;
import io.overt.model.types.Cdrom;
import io.overt.model.types.File;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /vms/{id}/cdroms}. What is stored is the disc of the next start; {@code current} is about
 * the disc that the running machine sees now.
 */
public final class VmCdroms implements VmCdromsService {
  /** The image's part of a volume's path. */
  private static final Pattern IMAGE = Pattern.compile("/images/([0-9a-f-]{36})/[0-9a-f-]{36}$");

  private final Platform platform;
  private final MachineReports reports;
  private final HotPlugs hotPlugs;
  private final Devices<Vm, Cdrom> cdroms;

  public VmCdroms(Platform platform, MachineReports reports, HotPlugs hotPlugs, String vmId) {
    this.platform = platform;
    this.reports = reports;
    this.hotPlugs = hotPlugs;
    this.cdroms = new Devices<>(platform, Kinds.VM, vmId, Kinds.CDROM);
  }

  @Override
  public List<Cdrom> list(ListRequest request) {
    return cdroms.list(request.call());
  }

  /** Puts a disc into the drive, of which every machine has one. */
  @Override
  public Outcome<Cdrom> add(AddRequest request) {
    Call call = request.call();
    Cdrom drive =
        cdroms.list(call).stream()
            .findFirst()
            .orElseThrow(() -> ApiFault.conflict("The VM has no CD-ROM drive."));
    return changeForNextStart(call, drive.requireId(), platform.body(request.cdrom()));
  }

  @Override
  public VmCdromService cdrom(String id) {
    return new VmCdromService() {
      @Override
      public Cdrom get(GetRequest request) {
        Cdrom cdrom = cdroms.get(request.call(), id);
        return Boolean.TRUE.equals(request.current()) ? inserted(request.call(), cdrom) : cdrom;
      }

      @Override
      public Outcome<Cdrom> update(UpdateRequest request) {
        Cdrom body = platform.body(request.cdrom());
        return Boolean.TRUE.equals(request.current())
            ? changeNow(request.call(), id, body)
            : changeForNextStart(request.call(), id, body);
      }
    };
  }

  /** The drive with the disc that the host reports; what is stored while it does not run. */
  private Cdrom inserted(Call call, Cdrom stored) {
    Vm vm = cdroms.owner(call).value();
    String path = reports.of(vm.requireId()).text("cdrom");
    if (vm.host() == null || path == null) {
      return stored;
    }
    Matcher image = IMAGE.matcher(path);
    String name = image.find() ? image.group(1) : path.substring(path.lastIndexOf('/') + 1);
    return stored.file(name.isEmpty() ? null : new File().id(name));
  }

  private Outcome<Cdrom> changeForNextStart(Call call, String id, Cdrom body) {
    Entity<Cdrom> changed =
        platform.write(
            transaction -> {
              Entity<Vm> vm = cdroms.owner(call, transaction);
              Entity<Cdrom> current = cdroms.require(call, transaction, id);
              Cdrom cdrom = (Cdrom) current.value().shallowCopy();
              String file = fileOf(body);
              cdrom.file(file.isEmpty() ? null : new File().id(file));
              platform
                  .events()
                  .append(
                      transaction,
                      file.isEmpty() ? "USER_EJECT_VM_DISK" : "USER_CHANGE_DISK_VM",
                      platform.about(call, vm.value()).with("DiskName", file));
              return transaction.update(current, cdrom);
            });
    return Outcome.done(Devices.shown(changed));
  }

  private Outcome<Cdrom> changeNow(Call call, String id, Cdrom body) {
    Cdrom cdrom = cdroms.get(call, id);
    Entity<Vm> vm = cdroms.owner(call);
    if (!VmNics.isUp(vm)) {
      throw ApiFault.conflict(
          "The disc of VM " + vm.value().name() + " cannot change now: it is not running.");
    }
    String file = fileOf(body);
    File disc = file.isEmpty() ? null : new File().id(file);
    try {
      hotPlugs.changeDisc(call, vm, disc);
    } catch (ApiFault e) {
      report(call, vm, "USER_FAILED_CHANGE_DISK_VM", file);
      throw e;
    }
    report(call, vm, file.isEmpty() ? "USER_EJECT_VM_DISK" : "USER_CHANGE_DISK_VM", file);
    return Outcome.done(cdrom.file(disc));
  }

  private void report(Call call, Entity<Vm> vm, String type, String file) {
    Host host = vm.value().host();
    platform.write(
        transaction -> {
          platform
              .events()
              .append(
                  transaction,
                  type,
                  platform
                      .about(call, vm.value())
                      .and(
                          host == null
                              ? null
                              : transaction
                                  .find(Kinds.HOST, host.requireId())
                                  .map(Entity::value)
                                  .orElse(null))
                      .with("DiskName", file));
          return type;
        });
  }

  /** The disc's name; empty = no disc. */
  private static String fileOf(Cdrom body) {
    File file = body.file();
    if (file == null) {
      throw ApiFault.incomplete("Cdrom", "file.id", "update");
    }
    return Objects.requireNonNullElse(file.id(), "");
  }
}
