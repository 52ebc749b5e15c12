package io.overt.codec;

import io.overt.model.ApiEnum;
import io.overt.model.Struct;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rules name by {@code !name}: values of version 3 that follow from the object itself. */
final class Computed {
  private static final Map<String, Source> ALL =
      Map.of(
          "disk_type",
          (disk, _) -> diskType(disk),
          "live_snapshot_support",
          (host, _) -> host.get("status") == null ? null : true,
          "storage_manager",
          (host, _) -> storageManager(host),
          "low",
          (policy, _) -> property(policy, "LowUtilization"),
          "high",
          (policy, _) -> property(policy, "HighUtilization"),
          "duration",
          (policy, _) -> seconds(property(policy, "CpuOverCommitDurationMinutes")));

  private Computed() {}

  static Source of(String name) {
    Source source = ALL.get(name);
    if (source == null) {
      throw new IllegalStateException("nothing is computed under the name " + name);
    }
    return source;
  }

  private static @Nullable String diskType(Struct disk) {
    if (disk.get("provisioned_size") == null) {
      return null;
    }
    return Boolean.TRUE.equals(disk.get("bootable")) ? "system" : "data";
  }

  private static @Nullable Boolean storageManager(Struct host) {
    if (!(host.get("spm") instanceof Struct spm)) {
      return null;
    }
    return spm.get("status") instanceof ApiEnum status ? status.wire().equals("spm") : null;
  }

  private static @Nullable Long seconds(@Nullable Long minutes) {
    return minutes == null ? null : minutes * 60;
  }

  /** The whole number that a scheduling policy sets under that name. */
  private static @Nullable Long property(Struct policy, String name) {
    if (policy.get("properties") instanceof List<?> properties) {
      for (Object entry : properties) {
        if (entry instanceof Struct property
            && name.equals(property.get("name"))
            && property.get("value") instanceof String value
            && Scalars.surelyFits(value)) {
          return Long.valueOf(value);
        }
      }
    }
    return null;
  }
}
