package io.overt.engine.vms;

import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.Names;
import io.overt.engine.resource.properties.CustomProperties;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.CpuTune;
import io.overt.model.types.Display;
import io.overt.model.types.DisplayType;
import io.overt.model.types.HighAvailability;
import io.overt.model.types.Io;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.TimeZone;
import io.overt.model.types.VcpuPin;
import io.overt.model.types.Version;
import io.overt.model.types.VmBase;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold for every machine and template, with the limits of engine 4.5 on x86_64. */
public final class MachineRules {
  private static final int NAME_LIMIT = 255;
  private static final int TEXT_LIMIT = 4_000;
  private static final int DESCRIPTION_LIMIT = 255;
  private static final int MOST_SOCKETS = 16;
  private static final int MOST_CORES = 254;
  private static final int MOST_THREADS = 8;
  private static final int MOST_PROCESSORS = 710;
  private static final int MOST_PRIORITY = 100;
  private static final int MOST_IO_THREADS = 127;
  private static final int MOST_SHARES = 262_144;
  private static final Set<Long> MONITORS = Set.of(1L, 2L, 4L);

  private MachineRules() {}

  /**
   * @param type for messages: {@code vm}
   * @throws ApiFault 400 or 409, as engine 4.5 distinguishes
   */
  public static void check(
      Snapshot snapshot, VmBase machine, String type, CustomProperties properties) {
    properties
        .machines()
        .at(CompatibilityVersions.of(snapshot, machine))
        .check(machine.customProperties(), type + ".custom_properties");
    Names.dotted(Objects.requireNonNullElse(machine.name(), ""), type + ".name", NAME_LIMIT);
    text(machine.description(), type + ".description", DESCRIPTION_LIMIT);
    text(machine.comment(), type + ".comment", TEXT_LIMIT);
    memory(machine, type);
    availability(machine.highAvailability(), type);
    timeZone(machine, type);
    version(machine, type);
    monitors(machine.display(), type);
    downtime(machine.migrationDowntime(), type);
    threads(machine.io(), type);
    Long shares = machine.cpuShares();
    if (shares != null && (shares < 0 || shares > MOST_SHARES)) {
      throw ApiFault.bad(type + ".cpu_shares " + shares + " must be between 0 and " + MOST_SHARES);
    }
    processors(machine.cpu(), type);
  }

  private static void text(@Nullable String text, String field, int limit) {
    if (text != null && text.length() > limit) {
      throw ApiFault.bad(
          field + " has " + text.length() + " characters; it may have at most " + limit);
    }
  }

  private static void version(VmBase machine, String type) {
    Version version = machine.customCompatibilityVersion();
    if (version != null && (version.major() != null || version.minor() != null)) {
      CompatibilityVersions.known(version, type + ".custom_compatibility_version");
    }
  }

  private static void monitors(@Nullable Display display, String type) {
    if (display == null || display.monitors() == null) {
      return;
    }
    long monitors = display.monitors();
    if (!MONITORS.contains(monitors)) {
      throw ApiFault.bad(type + ".display.monitors " + monitors + " must be 1, 2 or 4");
    }
    if (monitors > 1 && display.type_() == DisplayType.VNC) {
      throw ApiFault.bad(
          type + ".display.monitors " + monitors + " must be 1: VNC shows a single monitor");
    }
  }

  private static void downtime(@Nullable Long milliseconds, String type) {
    if (milliseconds != null && milliseconds < -1) {
      throw ApiFault.bad(
          type + ".migration_downtime " + milliseconds + " must be -1 for the default, or more");
    }
  }

  private static void threads(@Nullable Io io, String type) {
    Long threads = io == null ? null : io.threads();
    if (threads != null && (threads < 0 || threads > MOST_IO_THREADS)) {
      throw ApiFault.bad(
          type + ".io.threads " + threads + " must be between 0 and " + MOST_IO_THREADS);
    }
  }

  private static void memory(VmBase machine, String type) {
    long memory = Objects.requireNonNullElse(machine.memory(), 0L);
    if (MachineValues.mebibytes(memory) < 1) {
      throw ApiFault.bad(type + ".memory " + memory + " must be at least 1 MiB");
    }
    if (memory > MachineValues.MOST_MEMORY) {
      throw ApiFault.bad(
          type + ".memory " + memory + " must be at most " + MachineValues.MOST_MEMORY);
    }
    MemoryPolicy policy = machine.memoryPolicy();
    if (policy == null) {
      return;
    }
    if (policy.max() != null && policy.max() < memory) {
      throw ApiFault.conflict(
          type + ".memory_policy.max " + policy.max() + " must not be less than memory " + memory);
    }
    Long guaranteed = policy.guaranteed();
    if (guaranteed != null && (guaranteed < 0 || guaranteed > memory)) {
      throw ApiFault.bad(
          type
              + ".memory_policy.guaranteed "
              + guaranteed
              + " must be between 0 and memory "
              + memory);
    }
  }

  private static void availability(@Nullable HighAvailability availability, String type) {
    Long priority = availability == null ? null : availability.priority();
    if (priority != null && (priority < 0 || priority > MOST_PRIORITY)) {
      throw ApiFault.bad(
          type
              + ".high_availability.priority "
              + priority
              + " must be between 0 and "
              + MOST_PRIORITY);
    }
  }

  private static void timeZone(VmBase machine, String type) {
    TimeZone zone = machine.timeZone();
    String name = zone == null ? null : zone.name();
    if (name == null || name.isEmpty()) {
      return;
    }
    boolean fits =
        MachineValues.isWindows(machine)
            ? name.endsWith("Standard Time") || name.startsWith("UTC")
            : ZoneId.getAvailableZoneIds().contains(name);
    if (!fits) {
      throw ApiFault.bad(
          type
              + ".time_zone.name '"
              + name
              + "' is no time zone of the machine's operating system");
    }
  }

  private static void processors(@Nullable Cpu cpu, String type) {
    if (cpu == null || cpu.topology() == null) {
      return;
    }
    CpuTopology topology = cpu.topology();
    long sockets = part(topology.sockets(), "sockets", MOST_SOCKETS, type);
    long cores = part(topology.cores(), "cores", MOST_CORES, type);
    long threads = part(topology.threads(), "threads", MOST_THREADS, type);
    if (sockets * cores * threads > MOST_PROCESSORS) {
      throw ApiFault.conflict(
          type
              + ".cpu.topology has "
              + sockets * cores * threads
              + " processors; at most "
              + MOST_PROCESSORS
              + " are possible");
    }
    pins(cpu.cpuTune(), sockets * cores * threads, type);
  }

  private static void pins(@Nullable CpuTune tune, long processors, String type) {
    List<VcpuPin> pins = tune == null ? null : tune.vcpuPins();
    for (VcpuPin pin : pins == null ? List.<VcpuPin>of() : pins) {
      Long number = pin.vcpu();
      if (number != null && (number < 0 || number >= processors)) {
        throw ApiFault.bad(
            type
                + ".cpu.cpu_tune.vcpu_pins: there is no virtual CPU "
                + number
                + "; there are "
                + processors);
      }
    }
  }

  private static long part(@Nullable Long value, String name, long most, String type) {
    long number = Objects.requireNonNullElse(value, 1L);
    if (number < 1 || number > most) {
      throw ApiFault.conflict(
          type + ".cpu.topology." + name + " " + number + " must be between 1 and " + most);
    }
    return number;
  }
}
