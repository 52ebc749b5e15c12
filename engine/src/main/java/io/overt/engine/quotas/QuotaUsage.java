package io.overt.engine.quotas;

import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the users of a quota consume: running VMs and disks that are charged to it. */
public final class QuotaUsage {
  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
  private static final Set<VmStatus> IDLE =
      Set.of(VmStatus.DOWN, VmStatus.SUSPENDED, VmStatus.IMAGE_LOCKED);

  private QuotaUsage() {}

  /** Memory of running VMs in GiB; of one cluster, or of all when null. */
  public static BigDecimal memory(Snapshot snapshot, String quotaId, @Nullable String clusterId) {
    long bytes =
        running(snapshot, quotaId, clusterId)
            .mapToLong(vm -> vm.memory() == null ? 0 : vm.memory())
            .sum();
    return gib(bytes);
  }

  /** Virtual CPUs of running VMs; of one cluster, or of all when null. */
  public static long vcpus(Snapshot snapshot, String quotaId, @Nullable String clusterId) {
    return running(snapshot, quotaId, clusterId).mapToLong(QuotaUsage::vcpus).sum();
  }

  private static Stream<Vm> running(Snapshot snapshot, String quotaId, @Nullable String clusterId) {
    return snapshot.referrers(Kinds.VM, "quota", quotaId).stream()
        .map(entity -> entity.value())
        .filter(vm -> vm.status() != null && !IDLE.contains(vm.status()))
        .filter(
            vm ->
                clusterId == null || (vm.cluster() != null && clusterId.equals(vm.cluster().id())));
  }

  private static long vcpus(Vm vm) {
    Cpu cpu = vm.cpu();
    CpuTopology topology = cpu == null ? null : cpu.topology();
    if (topology == null) {
      return 1;
    }
    return Objects.requireNonNullElse(topology.sockets(), 1L)
        * Objects.requireNonNullElse(topology.cores(), 1L)
        * Objects.requireNonNullElse(topology.threads(), 1L);
  }

  /** Provisioned size of disks in GiB; on one storage domain, or on all when null. */
  public static BigDecimal storage(
      Snapshot snapshot, String quotaId, @Nullable String storageDomainId) {
    long bytes =
        snapshot.referrers(Kinds.DISK, "quota", quotaId).stream()
            .map(entity -> entity.value())
            .filter(
                disk ->
                    storageDomainId == null
                        || (disk.storageDomains() != null
                            && disk.storageDomains().stream()
                                .anyMatch(domain -> storageDomainId.equals(domain.id()))))
            .mapToLong(disk -> disk.provisionedSize() == null ? 0 : disk.provisionedSize())
            .sum();
    return gib(bytes);
  }

  private static BigDecimal gib(long bytes) {
    return BigDecimal.valueOf(bytes).divide(GIB, 3, RoundingMode.HALF_UP).stripTrailingZeros();
  }
}
