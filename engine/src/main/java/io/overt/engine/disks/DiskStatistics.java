package io.overt.engine.disks;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Statistics;
import io.overt.engine.storage.DomainUsers;
import io.overt.fleet.Fleet;
import io.overt.fleet.Report;
import io.overt.inventory.Entity;
import io.overt.model.Call;
import io.overt.model.types.Disk;
import io.overt.model.types.Statistic;
import io.overt.model.types.StatisticKind;
import io.overt.model.types.StatisticUnit;
import io.overt.model.types.Value;
import io.overt.model.types.ValueType;
import io.overt.model.types.Vm;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code /disks/{id}/statistics}, from the report of the machine that uses the disk. */
final class DiskStatistics implements Statistics {
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Resource<Disk> disks;
  private final String id;

  DiskStatistics(Platform platform, Supplier<Fleet> fleet, Resource<Disk> disks, String id) {
    this.platform = platform;
    this.fleet = fleet;
    this.disks = disks;
    this.id = id;
  }

  @Override
  public List<Statistic> all(Call call) {
    disks.require(call, platform.snapshot(), id);
    Report report = report();
    return List.of(
        rate("data.current.read", "Bytes read per second", report, "readRate"),
        rate("data.current.write", "Bytes written per second", report, "writeRate"),
        latency("disk.read.latency", "Time of a read", report, "readLatency"),
        latency("disk.write.latency", "Time of a write", report, "writeLatency"),
        latency("disk.flush.latency", "Time of a flush", report, "flushLatency"));
  }

  /** The entry of the disk in its machine's report. */
  private Report report() {
    for (Entity<Vm> vm : DomainUsers.machines(platform.snapshot(), id)) {
      Report machine = fleet.get().reports().running(vm);
      for (Object each : machine.object("disks").values()) {
        if (each instanceof Map<?, ?> disk && id.equals(disk.get("imageID"))) {
          @SuppressWarnings("unchecked")
          Map<String, Object> values = (Map<String, Object>) disk;
          return new Report(values, machine.time());
        }
      }
    }
    return new Report(Map.of(), Instant.EPOCH);
  }

  private Statistic rate(String name, String description, Report report, String key) {
    return statistic(
        name,
        description,
        ValueType.INTEGER,
        StatisticUnit.BYTES_PER_SECOND,
        BigDecimal.valueOf(
            Objects.requireNonNullElse(report.decimal(key), BigDecimal.ZERO).longValue()));
  }

  /** Agents report nanoseconds. */
  private Statistic latency(String name, String description, Report report, String key) {
    return statistic(
        name,
        description,
        ValueType.DECIMAL,
        StatisticUnit.SECONDS,
        Objects.requireNonNullElse(report.decimal(key), BigDecimal.ZERO)
            .divide(NANOS)
            .stripTrailingZeros());
  }

  private Statistic statistic(
      String name, String description, ValueType type, StatisticUnit unit, BigDecimal value) {
    return new Statistic()
        .id(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString())
        .name(name)
        .description(description)
        .kind(StatisticKind.GAUGE)
        .type_(type)
        .unit(unit)
        .values(List.of(new Value().datum(value)))
        .disk(new Disk().id(id));
  }
}
