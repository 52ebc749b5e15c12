package io.overt.engine.vms;

import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Member;
import io.overt.model.Schema;
import io.overt.model.Struct;
import io.overt.model.types.BiosType;
import io.overt.model.types.Display;
import io.overt.model.types.DisplayType;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.OperatingSystemInfo;
import io.overt.model.types.VideoType;
import io.overt.model.types.VmBase;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values that machines, templates and instance types share. */
public final class MachineValues {
  /** The operating system of machines that name none that is known. */
  public static final String OTHER_OS = "other";

  private static final long MIB = 1L << 20;

  /** How far memory may grow unless the client says otherwise (engine 4.5). */
  private static final long GROWTH = 4;

  /** The most that a machine may have: 4 TiB (engine 4.5, x86_64). */
  static final long MOST_MEMORY = 4L << 40;

  private static final Set<String> OWN =
      Set.of("id", "name", "description", "comment", "creation_time");
  private static final List<String> BASE =
      Schema.current().struct("vm_base").members().stream()
          .map(Member::name)
          .filter(name -> !OWN.contains(name))
          .toList();

  private MachineValues() {}

  /** Takes over all that describes the machine itself, not its name or age. */
  public static void copy(VmBase from, VmBase to) {
    Struct source = from.copy();
    for (String member : BASE) {
      to.set(member, source.get(member));
    }
  }

  /** Who names the kind of display gets the video device that fits it best. */
  public static void video(VmBase vm, VmBase body) {
    Display wanted = body.display();
    if (wanted == null || wanted.type_() == null || wanted.videoType() != null) {
      return;
    }
    BiosType bios = vm.bios() == null ? null : vm.bios().type_();
    boolean efi = bios == BiosType.Q35_OVMF || bios == BiosType.Q35_SECURE_BOOT;
    Display display = Objects.requireNonNull(vm.display()).copy();
    vm.display(
        display.videoType(
            efi && wanted.type_() == DisplayType.VNC ? VideoType.BOCHS : VideoType.QXL));
  }

  /**
   * Memory policy after a change of memory: what the client did not say follows the memory.
   *
   * @param said what the client sent, null for nothing
   */
  public static void adjustMemory(VmBase machine, @Nullable VmBase said) {
    Long memory = machine.memory();
    if (said == null || said.memory() == null || memory == null) {
      return;
    }
    MemoryPolicy policy =
        machine.memoryPolicy() == null ? new MemoryPolicy() : machine.memoryPolicy().copy();
    MemoryPolicy wanted = Objects.requireNonNullElseGet(said.memoryPolicy(), MemoryPolicy::new);
    if (wanted.max() == null) {
      policy.max(memory > MOST_MEMORY / GROWTH ? Math.max(memory, MOST_MEMORY) : memory * GROWTH);
    }
    if (wanted.guaranteed() == null) {
      policy.guaranteed(Math.min(memory, Objects.requireNonNull(policy.max())));
    }
    machine.memoryPolicy(policy);
  }

  /** Bytes to whole mebibytes, as engine 4.5 counts memory. */
  static long mebibytes(long bytes) {
    return Math.floorDiv(bytes, MIB);
  }

  /** An unknown operating system is another one; its icons stand for the machine. */
  public static void settleOperatingSystem(Snapshot snapshot, VmBase machine) {
    OperatingSystem os = machine.os() == null ? new OperatingSystem() : machine.os().copy();
    List<OperatingSystemInfo> known =
        snapshot.all(Kinds.OPERATING_SYSTEM).stream().map(entity -> entity.value()).toList();
    if (os.type_() == null || (!known.isEmpty() && named(known, os.type_()).isEmpty())) {
      os.type_(OTHER_OS);
    }
    machine.os(os);
    named(known, Objects.requireNonNull(os.type_()))
        .ifPresent(
            info -> {
              if (machine.largeIcon() == null) {
                machine.largeIcon(info.largeIcon());
              }
              if (machine.smallIcon() == null) {
                machine.smallIcon(info.smallIcon());
              }
            });
  }

  private static Optional<OperatingSystemInfo> named(
      List<OperatingSystemInfo> known, @Nullable String name) {
    return known.stream().filter(info -> Objects.equals(info.name(), name)).findFirst();
  }

  public static boolean isWindows(VmBase machine) {
    OperatingSystem os = machine.os();
    return os != null && os.type_() != null && os.type_().startsWith("windows");
  }
}
