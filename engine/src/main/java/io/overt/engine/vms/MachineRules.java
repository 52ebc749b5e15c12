package io.overt.engine.vms;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.properties.VmProperties;
import io.overt.model.ApiFault;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.HighAvailability;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.TimeZone;
import io.overt.model.types.VmBase;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold for every machine and template, with the limits of engine 4.5 on x86_64. */
public final class MachineRules {
  private static final int NAME_LIMIT = 255;
  private static final int TEXT_LIMIT = 4_000;
  private static final int MOST_SOCKETS = 16;
  private static final int MOST_CORES = 254;
  private static final int MOST_THREADS = 8;
  private static final int MOST_PROCESSORS = 710;
  private static final int MOST_PRIORITY = 100;
  private static final int MOST_SHARES = 262_144;

  private MachineRules() {}

  /**
   * @param type for messages: {@code vm}
   * @throws ApiFault 400 or 409, as engine 4.5 distinguishes
   */
  public static void check(VmBase machine, String type, VmProperties properties) {
    properties.check(machine.customProperties(), type + ".custom_properties");
    Names.dotted(Objects.requireNonNullElse(machine.name(), ""), type + ".name", NAME_LIMIT);
    text(machine.description(), type + ".description");
    text(machine.comment(), type + ".comment");
    memory(machine, type);
    availability(machine.highAvailability(), type);
    timeZone(machine, type);
    Long shares = machine.cpuShares();
    if (shares != null && (shares < 0 || shares > MOST_SHARES)) {
      throw ApiFault.bad(type + ".cpu_shares " + shares + " must be between 0 and " + MOST_SHARES);
    }
    processors(machine.cpu(), type);
  }

  private static void text(@Nullable String text, String field) {
    if (text != null && text.length() > TEXT_LIMIT) {
      throw ApiFault.bad(
          field + " has " + text.length() + " characters; it may have at most " + TEXT_LIMIT);
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
      throw ApiFault.bad(
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
    CpuTopology topology = cpu == null ? null : cpu.topology();
    if (topology == null) {
      return;
    }
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
