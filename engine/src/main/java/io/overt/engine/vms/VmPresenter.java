package io.overt.engine.vms;

import io.overt.engine.resource.Presenter;
import io.overt.engine.vms.devices.Consoles;
import io.overt.engine.vms.guest.MachineReports;
import io.overt.engine.vms.run.RunOnce;
import io.overt.fleet.Report;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Snapshot;
import io.overt.model.Call;
import io.overt.model.types.Configuration;
import io.overt.model.types.ConfigurationType;
import io.overt.model.types.Display;
import io.overt.model.types.GuestOperatingSystem;
import io.overt.model.types.Initialization;
import io.overt.model.types.Kernel;
import io.overt.model.types.TimeZone;
import io.overt.model.types.Version;
import io.overt.model.types.Vm;
import io.overt.model.types.VmBase;
import io.overt.model.types.VmStatus;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine as a client sees it: without what only {@code all_content} shows, with its display if
 * it has a console, and with what its guest reports.
 */
public final class VmPresenter implements Presenter<Vm> {
  private final MachineReports reports;

  public VmPresenter(MachineReports reports) {
    this.reports = reports;
  }

  @Override
  public Vm present(Entity<Vm> entity, Snapshot snapshot, Call call) {
    return Boolean.TRUE.equals(call.input("all_content", Boolean.class))
        ? presentAll(entity, snapshot)
        : presentPlain(entity, snapshot);
  }

  /** As lists and plain reads are. */
  public Vm presentPlain(Entity<Vm> entity, Snapshot snapshot) {
    Vm vm = shown(entity, snapshot);
    vm.payloads(null);
    hideExtras(vm);
    return vm;
  }

  /** With everything, as the answers of adding and updating are. */
  public Vm presentAll(Entity<Vm> entity, Snapshot snapshot) {
    Vm vm = shown(entity, snapshot);
    Initialization initialization =
        vm.initialization() == null ? new Initialization() : vm.initialization().copy();
    String document = Ovf.of(entity, snapshot);
    vm.initialization(
        initialization.configuration(
            new Configuration().data(document).type_(ConfigurationType.OVF)));
    return vm;
  }

  private Vm shown(Entity<Vm> entity, Snapshot snapshot) {
    Vm vm = (Vm) entity.value().shallowCopy();
    vm.tags(null);
    display(vm, snapshot, entity.key());
    if (vm.status() != null && vm.status() != VmStatus.DOWN) {
      vm.runOnce(RunOnce.is(entity));
      guest(vm, reports.of(entity.id()));
    }
    return vm;
  }

  /** What is shown in answers with all content only. */
  public static void hideExtras(VmBase machine) {
    machine.set("console", null);
    machine.set("rng_device", null);
    machine.set("soundcard_enabled", null);
    machine.set("tpm_enabled", null);
    machine.set("virtio_scsi", null);
  }

  /** The display exists by its consoles: none, no display. */
  public static void display(VmBase machine, Snapshot snapshot, Key key) {
    Display display = machine.display();
    if (display == null) {
      return;
    }
    machine.set(
        "display",
        Consoles.display(snapshot, key)
            .map(type -> ((Display) display.shallowCopy()).type_(type))
            .orElse(null));
  }

  private static void guest(Vm vm, Report report) {
    String name = report.text("guestFQDN");
    if (name != null && !name.isEmpty()) {
      vm.fqdn(name);
    }
    timeZone(vm, report.object("guestTimezone"));
    Map<String, Object> os = report.object("guestOsInfo");
    if (!os.isEmpty()) {
      vm.guestOperatingSystem(
          new GuestOperatingSystem()
              .architecture(text(os, "arch"))
              .codename(text(os, "codename"))
              .distribution(text(os, "distribution"))
              .family(text(os, "type"))
              .kernel(kernel(text(os, "kernel")))
              .version(version(text(os, "version"))));
    }
  }

  private static void timeZone(Vm vm, Map<String, Object> zone) {
    BigDecimal offset = Report.decimal(zone.get("offset"));
    if (zone.get("zone") != null && offset != null) {
      int minutes = Math.abs(offset.intValue());
      String sign = offset.signum() < 0 ? "-" : "+";
      vm.guestTimeZone(
          new TimeZone()
              .name(text(zone, "zone"))
              .utcOffset("%s%02d:%02d".formatted(sign, minutes / 60, minutes % 60)));
    }
  }

  private static @Nullable Kernel kernel(@Nullable String text) {
    Version version = version(text);
    return version == null ? null : new Kernel().version(version);
  }

  private static @Nullable Version version(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    Version version = new Version().fullVersion(text);
    String[] parts = text.split("[.-]", 4);
    version.major(part(parts, 0));
    version.minor(part(parts, 1));
    return version;
  }

  private static @Nullable Long part(String[] parts, int index) {
    return index < parts.length && parts[index].matches("\\d{1,9}")
        ? Long.valueOf(parts[index])
        : null;
  }

  private static @Nullable String text(Map<String, Object> values, String key) {
    Object value = values.get(key);
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }
}
