package io.overt.scheduling.state;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The flags that a machine needs of its host's processor. */
public final class CpuLevel {
  private CpuLevel() {}

  /**
   * Traits for {@link Machine.Needs#cpuFlags}. A machine that sees its host's own processor starts
   * anywhere, and then moves only to hosts with every flag that it has seen.
   *
   * @param passthrough whether the machine sees its host's own processor
   * @param cpuName what it was started with: a CPU type, or with passthrough the host's flags,
   *     comma separated; null when it is down
   * @param customName the CPU type that it asks for; null for the cluster's
   * @param models flags of a CPU type, none when it is not known
   */
  public static Set<String> needs(
      ClusterRules rules,
      boolean passthrough,
      @Nullable String cpuName,
      @Nullable String customName,
      Function<String, Set<String>> models) {
    String name = cpuName == null ? "" : cpuName;
    if (passthrough) {
      return traits(name);
    }
    if (!name.isEmpty() && name.equals(rules.cpuVerb())) {
      return traits(rules.cpuFlags());
    }
    Set<String> flags = name.isEmpty() ? Set.of() : models.apply(name);
    if (flags.isEmpty() && customName != null && !customName.isEmpty()) {
      flags = models.apply(customName);
    }
    return flags.stream().map(Traits::cpuFlag).collect(Collectors.toSet());
  }

  private static Set<String> traits(String flags) {
    return Arrays.stream(flags.split(",", -1))
        .map(String::trim)
        .filter(flag -> !flag.isEmpty())
        .map(Traits::cpuFlag)
        .collect(Collectors.toSet());
  }
}
