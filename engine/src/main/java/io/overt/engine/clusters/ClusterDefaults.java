package io.overt.engine.clusters;

import io.overt.engine.resource.CompatibilityVersions;
import io.overt.model.types.Architecture;
import io.overt.model.types.Cluster;
import io.overt.model.types.Cpu;
import io.overt.model.types.ErrorHandling;
import io.overt.model.types.FencingPolicy;
import io.overt.model.types.FipsMode;
import io.overt.model.types.FirewallType;
import io.overt.model.types.InheritableBoolean;
import io.overt.model.types.Ksm;
import io.overt.model.types.LogMaxMemoryUsedThresholdType;
import io.overt.model.types.MemoryOverCommit;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.MigrateOnError;
import io.overt.model.types.MigrationBandwidth;
import io.overt.model.types.MigrationBandwidthAssignmentMethod;
import io.overt.model.types.MigrationOptions;
import io.overt.model.types.ParallelMigrationsPolicy;
import io.overt.model.types.RngSource;
import io.overt.model.types.SkipIfConnectivityBroken;
import io.overt.model.types.SkipIfSdActive;
import io.overt.model.types.SwitchType;
import io.overt.model.types.TransparentHugePages;
import java.util.List;

/** What a new cluster is like where its creator says nothing; values of oVirt engine 4.5.8. */
final class ClusterDefaults {
  private static final long BROKEN_CONNECTIVITY_PERCENT = 50;
  private static final long MEMORY_USED_PERCENT = 95;

  private ClusterDefaults() {}

  /**
   * The cluster with defaults where it has nothing.
   *
   * @param given what the creator asks for
   */
  static Cluster fill(Cluster given) {
    // Upstream's quirk that clients see: huge pages are on only when a memory policy is given.
    boolean hugePages = given.memoryPolicy() != null;
    Cluster cluster =
        new Cluster()
            .description("")
            .comment("")
            .ballooningEnabled(true)
            .cpu(new Cpu().architecture(Architecture.UNDEFINED).type_(""))
            .errorHandling(new ErrorHandling().onError(MigrateOnError.MIGRATE))
            .fencingPolicy(fencing())
            .fipsMode(FipsMode.UNDEFINED)
            .firewallType(FirewallType.FIREWALLD)
            .glusterService(false)
            .haReservation(false)
            .ksm(new Ksm().enabled(true).mergeAcrossNodes(true))
            .logMaxMemoryUsedThreshold(MEMORY_USED_PERCENT)
            .logMaxMemoryUsedThresholdType(LogMaxMemoryUsedThresholdType.PERCENTAGE)
            .memoryPolicy(
                new MemoryPolicy()
                    .overCommit(new MemoryOverCommit().percent(100L))
                    .transparentHugePages(new TransparentHugePages().enabled(hugePages)))
            .migration(migration())
            .requiredRngSources(List.of(RngSource.URANDOM))
            .switchType(SwitchType.LEGACY)
            .threadsAsCores(false)
            .trustedService(false)
            .tunnelMigration(false)
            .upgradeInProgress(false)
            .upgradePercentComplete(0L)
            .version(CompatibilityVersions.latest())
            .virtService(true)
            .vncEncryption(true);
    cluster.merge(given);
    return cluster;
  }

  private static FencingPolicy fencing() {
    return new FencingPolicy()
        .enabled(true)
        .skipIfConnectivityBroken(
            new SkipIfConnectivityBroken().enabled(false).threshold(BROKEN_CONNECTIVITY_PERCENT))
        .skipIfGlusterBricksUp(false)
        .skipIfGlusterQuorumNotMet(false)
        .skipIfSdActive(new SkipIfSdActive().enabled(false));
  }

  private static MigrationOptions migration() {
    return new MigrationOptions()
        .autoConverge(InheritableBoolean.INHERIT)
        .bandwidth(
            new MigrationBandwidth().assignmentMethod(MigrationBandwidthAssignmentMethod.AUTO))
        .compressed(InheritableBoolean.INHERIT)
        .encrypted(InheritableBoolean.INHERIT)
        .parallelMigrationsPolicy(ParallelMigrationsPolicy.DISABLED);
  }
}
