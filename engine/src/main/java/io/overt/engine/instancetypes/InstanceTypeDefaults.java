package io.overt.engine.instancetypes;

import io.overt.model.types.Boot;
import io.overt.model.types.BootDevice;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Display;
import io.overt.model.types.DisplayType;
import io.overt.model.types.HighAvailability;
import io.overt.model.types.InheritableBoolean;
import io.overt.model.types.InstanceType;
import io.overt.model.types.Io;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.MigrationOptions;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.ParallelMigrationsPolicy;
import io.overt.model.types.Usb;
import io.overt.model.types.VideoType;
import io.overt.model.types.VmAffinity;
import io.overt.model.types.VmPlacementPolicy;
import java.util.List;
import java.util.Objects;

/** What an instance type is like where its creator says nothing; values of oVirt engine 4.5.8. */
final class InstanceTypeDefaults {
  private static final long MEMORY = 1L << 30;
  private static final long MEMORY_GROWTH = 4;

  private InstanceTypeDefaults() {}

  static InstanceType fill(InstanceType given) {
    InstanceType type =
        new InstanceType()
            .cpu(new Cpu().topology(new CpuTopology().cores(1L).sockets(1L).threads(1L)))
            .display(
                new Display()
                    .allowOverride(false)
                    .copyPasteEnabled(true)
                    .disconnectAction("LOCK_SCREEN")
                    .disconnectActionDelay(0L)
                    .fileTransferEnabled(true)
                    .monitors(1L)
                    .smartcardEnabled(false)
                    .type_(DisplayType.SPICE)
                    .videoType(VideoType.VGA))
            .highAvailability(new HighAvailability().enabled(false).priority(0L))
            .io(new Io().threads(0L))
            .memory(MEMORY)
            .memoryPolicy(new MemoryPolicy().ballooning(true))
            .migration(
                new MigrationOptions()
                    .autoConverge(InheritableBoolean.INHERIT)
                    .compressed(InheritableBoolean.INHERIT)
                    .encrypted(InheritableBoolean.INHERIT)
                    .parallelMigrationsPolicy(ParallelMigrationsPolicy.INHERIT))
            .migrationDowntime(-1L)
            .os(new OperatingSystem().boot(new Boot().devices(List.of(BootDevice.HD))))
            .placementPolicy(new VmPlacementPolicy().affinity(VmAffinity.MIGRATABLE))
            .usb(new Usb().enabled(false));
    type.merge(given);
    MemoryPolicy policy = Objects.requireNonNull(type.memoryPolicy());
    long memory = Objects.requireNonNull(type.memory());
    if (policy.guaranteed() == null) {
      policy.guaranteed(memory);
    }
    if (policy.max() == null) {
      policy.max(memory * MEMORY_GROWTH);
    }
    return type;
  }
}
