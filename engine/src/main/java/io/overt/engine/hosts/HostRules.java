package io.overt.engine.hosts;

import io.overt.engine.resource.Names;
import io.overt.model.ApiFault;
import io.overt.model.types.AutoNumaStatus;
import io.overt.model.types.ExternalStatus;
import io.overt.model.types.HardwareInformation;
import io.overt.model.types.Host;
import io.overt.model.types.HostDevicePassthrough;
import io.overt.model.types.HostProtocol;
import io.overt.model.types.HostStatus;
import io.overt.model.types.HostType;
import io.overt.model.types.KdumpStatus;
import io.overt.model.types.Ksm;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.PowerManagement;
import io.overt.model.types.SeLinux;
import io.overt.model.types.Spm;
import io.overt.model.types.SpmStatus;
import io.overt.model.types.Ssh;
import io.overt.model.types.SshAuthenticationMethod;
import io.overt.model.types.TransparentHugePages;
import io.overt.model.types.VgpuPlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a host must be and what it is unless said otherwise (oVirt engine 4.5's limits). */
final class HostRules {
  /** Where agents listen. */
  static final long AGENT_PORT = 54321;

  /** What only the host itself or an action changes. */
  static final Set<String> READ_ONLY =
      Set.of(
          "status",
          "status_detail",
          "summary",
          "statistics",
          "certificate",
          "cpu",
          "memory",
          "max_scheduling_memory",
          "hardware_information",
          "libvirt_version",
          "version",
          "kdump_status",
          "numa_supported",
          "auto_numa_status",
          "se_linux",
          "type",
          "protocol",
          "transparent_huge_pages",
          "device_passthrough",
          "reinstallation_required",
          "update_available",
          "external_status",
          "ovn_configured",
          "root_password",
          "iscsi",
          "hosted_engine");

  /** States in which nothing runs and nobody watches, so that the host may be changed. */
  static final Set<HostStatus> AT_REST =
      Set.of(
          HostStatus.MAINTENANCE,
          HostStatus.DOWN,
          HostStatus.INSTALL_FAILED,
          HostStatus.NON_RESPONSIVE,
          HostStatus.PENDING_APPROVAL);

  private static final int NAME_LIMIT = 255;
  private static final long SPM_PRIORITY_LIMIT = 10;
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?");

  private HostRules() {}

  /** The fields without which there is no host. */
  static void requireIdentity(Host host, String operation) {
    List<String> missing = new ArrayList<>();
    if (isEmpty(host.name())) {
      missing.add("name");
    }
    if (isEmpty(host.address())) {
      missing.add("address");
    }
    if (!missing.isEmpty()) {
      throw ApiFault.incomplete("Host", String.join(", ", missing), operation);
    }
  }

  /** Collects what is wrong with the values. */
  static void check(Host host) {
    List<String> problems = new ArrayList<>();
    String name = Objects.requireNonNullElse(host.name(), "");
    try {
      Names.ascii(Names.dotted(name, "host.name", NAME_LIMIT), "host.name", NAME_LIMIT);
    } catch (ApiFault e) {
      problems.add(stripped(e));
    }
    String address = Objects.requireNonNullElse(host.address(), "");
    if (!ADDRESS.matcher(address).matches() || address.length() > NAME_LIMIT) {
      problems.add("host.address '" + address + "' must be a host name or an IP address");
    }
    range(problems, "host.port", host.port(), 1, 65535);
    Ssh ssh = host.ssh();
    range(problems, "host.ssh.port", ssh == null ? null : ssh.port(), 1, 65535);
    Spm spm = host.spm();
    range(
        problems, "host.spm.priority", spm == null ? null : spm.priority(), -1, SPM_PRIORITY_LIMIT);
    if (!problems.isEmpty()) {
      throw ApiFault.bad(String.join(", ", problems));
    }
  }

  private static String stripped(ApiFault fault) {
    String detail = Objects.requireNonNullElse(fault.detail(), "");
    return detail.startsWith("[") ? detail.substring(1, detail.length() - 1) : detail;
  }

  private static void range(
      List<String> problems, String field, @Nullable Long value, long least, long most) {
    if (value != null && (value < least || value > most)) {
      problems.add(field + " is " + value + " but must be between " + least + " and " + most);
    }
  }

  /** Clients say how they would install the host; Overt's agents are there already. */
  static void requireCredentials(Host host) {
    Ssh ssh = host.ssh();
    boolean byKey = ssh != null && ssh.authenticationMethod() == SshAuthenticationMethod.PUBLICKEY;
    if (!byKey && isEmpty(host.rootPassword())) {
      throw ApiFault.bad("Cannot add the host with an empty root_password");
    }
  }

  /** The new host with everything that clients expect to see. */
  static Host complete(Host body) {
    Host host = withoutSecrets(body.copy());
    Spm spm = Objects.requireNonNullElseGet(host.spm(), Spm::new);
    Ssh ssh = new Ssh();
    ssh.port(22L);
    Ssh given = host.ssh();
    if (given != null) {
      ssh.fingerprint(given.fingerprint()).publicKey(given.publicKey());
      ssh.port(Objects.requireNonNullElse(given.port(), 22L));
    }
    PowerManagement power =
        Objects.requireNonNullElseGet(host.powerManagement(), PowerManagement::new);
    OperatingSystem os = new OperatingSystem().customKernelCmdline("").description("");
    if (host.os() != null && host.os().customKernelCmdline() != null) {
      os.customKernelCmdline(host.os().customKernelCmdline());
    }
    return host.comment(Objects.requireNonNullElse(host.comment(), ""))
        .port(Objects.requireNonNullElse(host.port(), AGENT_PORT))
        .autoNumaStatus(AutoNumaStatus.UNKNOWN)
        .devicePassthrough(new HostDevicePassthrough().enabled(false))
        .externalStatus(ExternalStatus.OK)
        .hardwareInformation(new HardwareInformation().supportedRngSources(List.of()))
        .kdumpStatus(KdumpStatus.UNKNOWN)
        .ksm(new Ksm().enabled(false))
        .memory(0L)
        .numaSupported(false)
        .os(os)
        .ovnConfigured(false)
        .powerManagement(
            power
                .automaticPmEnabled(Objects.requireNonNullElse(power.automaticPmEnabled(), true))
                .enabled(Objects.requireNonNullElse(power.enabled(), false))
                .kdumpDetection(Objects.requireNonNullElse(power.kdumpDetection(), false))
                .pmProxies(Objects.requireNonNullElse(power.pmProxies(), List.of())))
        .protocol(HostProtocol.STOMP)
        .reinstallationRequired(false)
        .seLinux(new SeLinux())
        .spm(spm.priority(Objects.requireNonNullElse(spm.priority(), 5L)).status(SpmStatus.NONE))
        .ssh(ssh)
        .transparentHugePages(new TransparentHugePages().enabled(false))
        .type_(HostType.RHEL)
        .updateAvailable(false)
        .vgpuPlacement(
            Objects.requireNonNullElse(host.vgpuPlacement(), VgpuPlacement.CONSOLIDATED));
  }

  /** Passwords are for the moment of the request only. */
  static Host withoutSecrets(Host host) {
    host.rootPassword(null);
    PowerManagement power = host.powerManagement();
    if (power != null) {
      power.password(null).agents(null);
    }
    return host;
  }

  static HostStatus status(Host host) {
    return Objects.requireNonNullElse(host.status(), HostStatus.UNASSIGNED);
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }
}
