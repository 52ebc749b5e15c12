package io.overt.engine.resource;

import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.types.Cluster;
import io.overt.model.types.Version;
import io.overt.model.types.VmBase;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The compatibility versions of data centers and clusters: 4.2 to 4.8, as in oVirt engine 4.5. */
public final class CompatibilityVersions {
  private static final long MAJOR = 4;
  private static final long FIRST_MINOR = 2;
  private static final long LAST_MINOR = 8;
  private static final Comparator<Version> ORDER =
      Comparator.comparingLong((Version version) -> number(version.major()))
          .thenComparingLong(version -> number(version.minor()));

  private CompatibilityVersions() {}

  /** All of them, the oldest first. */
  public static List<Version> all() {
    return java.util.stream.LongStream.rangeClosed(FIRST_MINOR, LAST_MINOR)
        .mapToObj(minor -> new Version().major(MAJOR).minor(minor))
        .toList();
  }

  public static Version latest() {
    return new Version().major(MAJOR).minor(LAST_MINOR);
  }

  /** {@code 4.8}. */
  public static String text(Version version) {
    return version.major() + "." + version.minor();
  }

  /** The version of a machine: its own, else its cluster's; null when it has neither. */
  public static @Nullable Version of(Snapshot snapshot, VmBase machine) {
    Version own = machine.customCompatibilityVersion();
    if (own != null && own.major() != null && own.minor() != null) {
      return own;
    }
    Cluster cluster = machine.cluster();
    return cluster == null || cluster.id() == null
        ? null
        : snapshot
            .find(Kinds.CLUSTER, cluster.id())
            .map(found -> found.value().version())
            .orElse(null);
  }

  /** Negative when {@code one} is older than {@code other}. */
  public static int compare(Version one, Version other) {
    return ORDER.compare(one, other);
  }

  /** Those that are not older than this one. */
  public static List<Version> from(@Nullable Version version) {
    return all().stream().filter(known -> version == null || compare(known, version) >= 0).toList();
  }

  /**
   * The version with nothing but major and minor.
   *
   * @throws ApiFault 400 when it is not one of {@link #all}
   */
  public static Version known(Version version, String field) {
    return all().stream()
        .filter(known -> compare(known, version) == 0)
        .findFirst()
        .orElseThrow(
            () ->
                ApiFault.bad(
                    field
                        + " "
                        + text(version)
                        + " is not supported; supported are "
                        + all().stream().map(CompatibilityVersions::text).toList()));
  }

  private static long number(@Nullable Long part) {
    return part == null ? -1 : part;
  }
}
