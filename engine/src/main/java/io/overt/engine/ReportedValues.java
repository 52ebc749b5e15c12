package io.overt.engine;

import io.overt.engine.storage.DomainSpace;
import io.overt.fleet.MachineUsage;
import io.overt.fleet.Report;
import io.overt.fleet.Reports;
import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.search.RuntimeValues;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What hosts report, under the names of the search language: {@code Vms: ip=10.0.0.* and
 * cpu_usage>80}. Of machines that do not run nothing is known.
 */
final class ReportedValues implements RuntimeValues {
  private static final int WHOLE = 100;
  private static final long MEBIBYTE = 1L << 20;
  private static final double GIBIBYTE = 1L << 30;

  private static final Pattern LOCAL =
      Pattern.compile("127\\.|::1$|fe80:", Pattern.CASE_INSENSITIVE);

  private final Supplier<Reports> reports;
  private final DomainSpace space;
  private final Supplier<Snapshot> snapshot;

  ReportedValues(Supplier<Reports> reports, DomainSpace space, Supplier<Snapshot> snapshot) {
    this.reports = reports;
    this.space = space;
    this.snapshot = snapshot;
  }

  @Override
  public @Nullable Number number(Kind<?> kind, String id, String field) {
    if (kind.equals(Kinds.VM)) {
      return ofMachine(id, field);
    }
    if (kind.equals(Kinds.HOST)) {
      return ofHost(id, field);
    }
    return kind.equals(Kinds.STORAGE_DOMAIN) ? ofDomain(id, field) : null;
  }

  @Override
  public @Nullable String text(Kind<?> kind, String id, String field) {
    if (!kind.equals(Kinds.VM)) {
      return null;
    }
    Report report = machine(id).map(reports.get()::running).orElse(Report.NONE);
    return switch (field) {
      case "ip" -> orNull(addresses(report));
      case "fqdn", "address" -> report.text("guestFQDN");
      case "apps" ->
          orNull(
              report.list("appsList").stream()
                  .map(Object::toString)
                  .collect(Collectors.joining(" ")));
      case "loggedinuser" -> report.text("username");
      default -> null;
    };
  }

  private Optional<Entity<Vm>> machine(String id) {
    return snapshot.get().find(Kinds.VM, id);
  }

  private @Nullable Number ofMachine(String id, String field) {
    Entity<Vm> machine = machine(id).orElse(null);
    if (machine == null) {
      return null;
    }
    Vm vm = machine.value();
    Report report = reports.get().running(machine);
    return switch (field) {
      case "cpu_usage" -> usage(vm, report, MachineUsage::cpu);
      case "mem_usage" -> usage(vm, report, MachineUsage::memory);
      case "network_usage" -> usage(vm, report, MachineUsage::network);
      case "migration_progress_percent" -> report.number("migrationProgress");
      default -> null;
    };
  }

  private static @Nullable Number usage(Vm vm, Report report, ToIntFunction<MachineUsage> share) {
    return MachineUsage.of(vm, report).map(share::applyAsInt).orElse(null);
  }

  /** Those that others can reach, as oVirt's {@code vm_ip} has them. */
  private static String addresses(Report report) {
    return report.list("netIfaces").stream()
        .filter(Map.class::isInstance)
        .map(Map.class::cast)
        .flatMap(nic -> Stream.of(nic.get("inet"), nic.get("inet6")))
        .filter(List.class::isInstance)
        .flatMap(all -> ((List<?>) all).stream())
        .map(Object::toString)
        .filter(address -> !LOCAL.matcher(address).lookingAt())
        .collect(Collectors.joining(" "));
  }

  private @Nullable Number ofHost(String id, String field) {
    Report report = reports.get().host(id);
    return switch (field) {
      case "cpu_usage" -> {
        BigDecimal idle = report.decimal("cpuIdle");
        yield idle == null ? null : Math.clamp(Math.round(WHOLE - idle.doubleValue()), 0, WHOLE);
      }
      case "mem_usage" -> report.number("memUsed");
      case "network_usage" -> report.values().isEmpty() ? null : MachineUsage.network(report);
      case "load" -> report.decimal("cpuLoad");
      case "migrating_vms" -> machines(id).filter(vm -> vm.status() == VmStatus.MIGRATING).count();
      case "committed_mem" ->
          machines(id).mapToLong(vm -> Objects.requireNonNullElse(vm.memory(), 0L)).sum()
              / MEBIBYTE;
      default -> null;
    };
  }

  private Stream<Vm> machines(String hostId) {
    return snapshot.get().referrers(Kinds.VM, "host", hostId).stream()
        .map(Entity::value)
        .filter(vm -> vm.status() != VmStatus.DOWN);
  }

  private @Nullable Number ofDomain(String id, String field) {
    Snapshot now = snapshot.get();
    if (field.equals("committed")) {
      return DomainSpace.committed(now, id) / GIBIBYTE;
    }
    return space
        .filling(now, id)
        .map(
            filling ->
                switch (field) {
                  case "free_size" -> filling.total() - filling.used();
                  case "used_size" -> filling.used();
                  case "total_size" -> filling.total();
                  default -> null;
                })
        .map(bytes -> bytes / GIBIBYTE)
        .orElse(null);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
