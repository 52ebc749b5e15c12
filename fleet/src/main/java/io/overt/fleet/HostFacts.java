package io.overt.fleet;

import io.overt.model.types.Architecture;
import io.overt.model.types.AutoNumaStatus;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.HardwareInformation;
import io.overt.model.types.Host;
import io.overt.model.types.HostDevicePassthrough;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.RngSource;
import io.overt.model.types.SeLinux;
import io.overt.model.types.SeLinuxMode;
import io.overt.model.types.Version;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the engine keeps of a host's capabilities and hardware (VDSM's key names). */
final class HostFacts {
  private static final long MIB = 1L << 20;

  private HostFacts() {}

  static UnaryOperator<Host> of(Report capabilities, Report hardware) {
    return host -> {
      Long megabytes = capabilities.number("memSize");
      if (megabytes != null) {
        host.memory(megabytes * MIB);
      }
      boolean numa = capabilities.object("numaNodes").size() > 1;
      return host.cpu(cpu(capabilities))
          .os(operatingSystem(capabilities, host.os()))
          .version(version(capabilities.text("software_version")))
          .libvirtVersion(libvirt(capabilities))
          .hardwareInformation(hardware(capabilities, hardware))
          .numaSupported(numa)
          .autoNumaStatus(
              capabilities.flag("autoNumaBalancing")
                  ? AutoNumaStatus.ENABLE
                  : AutoNumaStatus.DISABLE)
          .devicePassthrough(
              new HostDevicePassthrough().enabled(capabilities.flag("hostdevPassthrough")))
          .seLinux(security(capabilities))
          .statusDetail(null);
    };
  }

  private static Cpu cpu(Report capabilities) {
    long sockets = positive(capabilities.number("cpuSockets"));
    long cores = positive(capabilities.number("cpuCores"));
    long threads = positive(capabilities.number("cpuThreads"));
    CpuTopology topology =
        new CpuTopology()
            .sockets(sockets)
            .cores(Math.max(1, cores / sockets))
            .threads(Math.max(1, threads / Math.max(1, cores)));
    return new Cpu()
        .name(capabilities.text("cpuModel"))
        .speed(capabilities.decimal("cpuSpeed"))
        .architecture(Architecture.X86_64)
        .topology(topology);
  }

  private static long positive(@Nullable Long value) {
    return value == null || value < 1 ? 1 : value;
  }

  private static SeLinux security(Report capabilities) {
    Object mode = capabilities.object("selinux").get("mode");
    SeLinux security = new SeLinux();
    return switch (String.valueOf(mode)) {
      case "-1" -> security.mode(SeLinuxMode.DISABLED);
      case "0" -> security.mode(SeLinuxMode.PERMISSIVE);
      case "1" -> security.mode(SeLinuxMode.ENFORCING);
      default -> security;
    };
  }

  private static OperatingSystem operatingSystem(
      Report capabilities, @Nullable OperatingSystem known) {
    Map<String, Object> system = capabilities.object("operatingSystem");
    Report values = new Report(system, capabilities.time());
    OperatingSystem os = known == null ? new OperatingSystem() : known.copy();
    os.type_(values.text("name"));
    String version = values.text("version");
    if (version != null) {
      os.version(new Version().fullVersion(version));
    }
    return os;
  }

  private static @Nullable Version libvirt(Report capabilities) {
    Object packages = capabilities.object("packages2").get("libvirt");
    return packages instanceof Map<?, ?> map && map.get("version") != null
        ? version(String.valueOf(map.get("version")))
        : null;
  }

  private static @Nullable Version version(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Version version = new Version().fullVersion(text);
    String[] parts = text.split("[.-]");
    version
        .major(part(parts, 0))
        .minor(part(parts, 1))
        .build(part(parts, 2))
        .revision(part(parts, 3));
    return version;
  }

  private static @Nullable Long part(String[] parts, int index) {
    try {
      return index < parts.length ? Long.valueOf(parts[index]) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static HardwareInformation hardware(Report capabilities, Report values) {
    return new HardwareInformation()
        .supportedRngSources(
            capabilities.list("rngSources").stream()
                .map(source -> String.valueOf(source).toLowerCase(Locale.ROOT))
                .flatMap(
                    name ->
                        Arrays.stream(RngSource.values())
                            .filter(source -> source.wire().equals(name)))
                .toList())
        .manufacturer(values.text("systemManufacturer"))
        .productName(values.text("systemProductName"))
        .serialNumber(values.text("systemSerialNumber"))
        .version(values.text("systemVersion"))
        .uuid(values.text("systemUUID"))
        .family(values.text("systemFamily"));
  }
}
