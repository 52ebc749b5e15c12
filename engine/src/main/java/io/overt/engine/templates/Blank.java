package io.overt.engine.templates;

import io.overt.engine.vms.MachineValues;
import io.overt.engine.vms.Machines;
import io.overt.engine.vms.devices.Cdroms;
import io.overt.engine.vms.devices.Consoles;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Architecture;
import io.overt.model.types.AutoPinningPolicy;
import io.overt.model.types.Bios;
import io.overt.model.types.Boot;
import io.overt.model.types.BootDevice;
import io.overt.model.types.BootMenu;
import io.overt.model.types.Console;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuPinningPolicy;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Display;
import io.overt.model.types.DisplayType;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.HighAvailability;
import io.overt.model.types.InheritableBoolean;
import io.overt.model.types.Io;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.Method;
import io.overt.model.types.MigrationOptions;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.ParallelMigrationsPolicy;
import io.overt.model.types.RngDevice;
import io.overt.model.types.RngSource;
import io.overt.model.types.Sso;
import io.overt.model.types.SsoMethod;
import io.overt.model.types.Template;
import io.overt.model.types.TemplateStatus;
import io.overt.model.types.TemplateVersion;
import io.overt.model.types.TimeZone;
import io.overt.model.types.Usb;
import io.overt.model.types.VideoType;
import io.overt.model.types.VirtioScsi;
import io.overt.model.types.VmAffinity;
import io.overt.model.types.VmPlacementPolicy;
import io.overt.model.types.VmStorageErrorResumeBehaviour;
import io.overt.model.types.VmType;
import java.time.Instant;
import java.util.List;

/** The template that every engine begins with, with the values that engine 4.5 gives it. */
final class Blank {
  private static final long GIB = 1L << 30;
  private static final Instant CREATED = Instant.parse("2008-03-31T21:00:00Z");

  private Blank() {}

  static void install(Transaction transaction) {
    Template blank = new Template();
    blank.id(Machines.BLANK).name("Blank").description("Blank template").comment("");
    hardware(blank);
    policies(blank);
    blank.creationTime(CREATED);
    blank
        .status(TemplateStatus.OK)
        .version(
            new TemplateVersion()
                .versionName("")
                .versionNumber(0L)
                .baseTemplate(new Template().id(Machines.BLANK)));
    MachineValues.settleOperatingSystem(transaction.current(), blank);
    Entity<Template> entity = transaction.insert(Kinds.TEMPLATE, blank);
    transaction.insert(Kinds.GRAPHICS_CONSOLE, Consoles.of(GraphicsType.VNC), entity.key());
    transaction.insert(Kinds.CDROM, Cdroms.empty(), entity.key());
  }

  private static void hardware(Template blank) {
    blank
        .bios(new Bios().bootMenu(new BootMenu().enabled(false)))
        .cpu(
            new Cpu()
                .architecture(Architecture.UNDEFINED)
                .topology(new CpuTopology().cores(1L).sockets(1L).threads(1L)))
        .cpuShares(0L)
        .console(new Console().enabled(false))
        .display(
            new Display()
                .allowOverride(false)
                .copyPasteEnabled(true)
                .disconnectAction("LOCK_SCREEN")
                .disconnectActionDelay(0L)
                .fileTransferEnabled(true)
                .monitors(1L)
                .smartcardEnabled(false)
                .type_(DisplayType.VNC)
                .videoType(VideoType.VGA))
        .io(new Io().threads(1L))
        .memory(GIB)
        .memoryPolicy(new MemoryPolicy().ballooning(true).guaranteed(GIB).max(4 * GIB))
        .multiQueuesEnabled(true)
        .os(
            new OperatingSystem()
                .boot(new Boot().devices(List.of(BootDevice.HD)))
                .type_(MachineValues.OTHER_OS))
        .rngDevice(new RngDevice().source(RngSource.URANDOM))
        .soundcardEnabled(true)
        .tpmEnabled(false)
        .usb(new Usb().enabled(false))
        .virtioScsi(new VirtioScsi().enabled(true))
        .virtioScsiMultiQueuesEnabled(false);
  }

  private static void policies(Template blank) {
    blank
        .autoPinningPolicy(AutoPinningPolicy.DISABLED)
        .cpuPinningPolicy(CpuPinningPolicy.NONE)
        .deleteProtected(false)
        .highAvailability(new HighAvailability().enabled(false).priority(0L))
        .migration(
            new MigrationOptions()
                .autoConverge(InheritableBoolean.INHERIT)
                .compressed(InheritableBoolean.INHERIT)
                .encrypted(InheritableBoolean.INHERIT)
                .parallelMigrationsPolicy(ParallelMigrationsPolicy.INHERIT))
        .migrationDowntime(-1L)
        .origin("ovirt")
        .placementPolicy(new VmPlacementPolicy().affinity(VmAffinity.MIGRATABLE))
        .sso(new Sso().methods(List.of(new Method().id(SsoMethod.GUEST_AGENT))))
        .startPaused(false)
        .stateless(false)
        .storageErrorResumeBehaviour(VmStorageErrorResumeBehaviour.AUTO_RESUME)
        .timeZone(new TimeZone().name("Etc/GMT"))
        .type_(VmType.SERVER);
  }
}
