package io.overt.engine.vms.run;

import io.overt.engine.vms.Secrets;
import io.overt.engine.vms.run.VmParts.PluggedNic;
import io.overt.model.types.BootProtocol;
import io.overt.model.types.CloudInitNetworkProtocol;
import io.overt.model.types.Initialization;
import io.overt.model.types.Ip;
import io.overt.model.types.Mac;
import io.overt.model.types.NicConfiguration;
import io.overt.vdsmrpc.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A guest's first configuration as OpenStack's config drive, which cloud-init finds by its label
 * and reads. The user data is YAML of which every value is written as JSON.
 */
final class CloudInit {
  static final String LABEL = "config-2";

  private static final String CONTENT = "/content/0000";
  private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+)$");

  private final VmParts parts;
  private final Initialization wanted;
  private final @Nullable String password;

  CloudInit(VmParts parts) {
    this.parts = parts;
    this.wanted =
        Objects.requireNonNullElseGet(parts.vm().value().initialization(), Initialization::new);
    this.password =
        wanted.rootPassword() == null
            ? parts.vm().internal(Secrets.ROOT_PASSWORD)
            : wanted.rootPassword();
  }

  /** Contents by path. */
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("openstack/latest/meta_data.json", Json.text(metaData()));
    files.put("openstack/latest/user_data", userData());
    if (!nics().isEmpty()) {
      if (wanted.cloudInitNetworkProtocol() == CloudInitNetworkProtocol.ENI) {
        files.put("openstack" + CONTENT, interfaces());
      } else {
        files.put("openstack/latest/network_data.json", Json.text(networkData()));
      }
    }
    return files;
  }

  private Map<String, Object> metaData() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("uuid", parts.vm().id());
    data.put("availability_zone", "nova");
    data.put("launch_index", "0");
    data.put("meta", Map.of("role", "server", "dsmode", "local", "essential", "false"));
    String host = wanted.hostName();
    if (host != null && !host.isEmpty()) {
      data.put("hostname", host);
      data.put("name", host);
    }
    List<String> keys = lines(wanted.authorizedSshKeys());
    if (!keys.isEmpty()) {
      data.put("public_keys", Map.of("openssh-pub-keys", String.join("\n", keys)));
    }
    if (!nics().isEmpty() && wanted.cloudInitNetworkProtocol() == CloudInitNetworkProtocol.ENI) {
      data.put(
          "network_config", Map.of("path", "/etc/network/interfaces", "content_path", CONTENT));
    }
    return data;
  }

  private String userData() {
    StringBuilder text = new StringBuilder("#cloud-config\n");
    line(text, "output", Map.of("all", ">> /var/log/cloud-init-output.log"));
    line(text, "disable_root", 0);
    if (password != null) {
      line(text, "ssh_pwauth", true);
      line(text, "password", password);
      line(text, "chpasswd", Map.of("expire", false));
    }
    String user = wanted.userName();
    if (user != null && !user.isEmpty()) {
      line(text, "user", user);
    } else if (password != null) {
      line(text, "user", "root");
    }
    if (wanted.timezone() != null && !wanted.timezone().isEmpty()) {
      line(text, "timezone", wanted.timezone());
    }
    List<String> keys = lines(wanted.authorizedSshKeys());
    if (!keys.isEmpty()) {
      line(text, "ssh_authorized_keys", keys);
    }
    if (Boolean.TRUE.equals(wanted.regenerateSshKeys())) {
      line(text, "ssh_deletekeys", true);
    }
    if (wanted.customScript() != null && !wanted.customScript().isEmpty()) {
      text.append(wanted.customScript().strip()).append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append(key).append(": ").append(Json.text(value)).append('\n');
  }

  private List<NicConfiguration> nics() {
    return Objects.requireNonNullElse(wanted.nicConfigurations(), List.<NicConfiguration>of())
        .stream()
        .filter(nic -> nic.name() != null && !Boolean.FALSE.equals(nic.onBoot()))
        .toList();
  }

  private Map<String, Object> networkData() {
    List<Object> links = new ArrayList<>();
    List<Object> networks = new ArrayList<>();
    for (NicConfiguration nic : nics()) {
      String name = Objects.requireNonNull(nic.name());
      Map<String, Object> link = new LinkedHashMap<>();
      link.put("id", name);
      link.put("name", name);
      link.put("type", "vif");
      String address = address(name);
      if (address != null) {
        link.put("ethernet_mac_address", address);
      }
      links.add(link);
      network(name, nic.bootProtocol(), nic.ip(), "ipv4", networks);
      network(name, nic.ipv6BootProtocol(), nic.ipv6(), "ipv6", networks);
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("links", links);
    data.put("networks", networks);
    data.put(
        "services",
        words(wanted.dnsServers()).stream()
            .map(server -> Map.of("type", "dns", "address", server))
            .toList());
    return data;
  }

  private void network(
      String link,
      @Nullable BootProtocol protocol,
      @Nullable Ip ip,
      String version,
      List<Object> networks) {
    if (protocol == null || protocol == BootProtocol.NONE) {
      return;
    }
    Map<String, Object> network = new LinkedHashMap<>();
    network.put("id", link + "-" + version);
    network.put("link", link);
    network.put(
        "type",
        switch (protocol) {
          case STATIC, NONE -> version;
          case DHCP -> version + "_dhcp";
          case AUTOCONF, POLY_DHCP_AUTOCONF -> version + "_slaac";
        });
    if (protocol == BootProtocol.STATIC && ip != null) {
      network.put("ip_address", Objects.requireNonNullElse(ip.address(), ""));
      network.put("netmask", Objects.requireNonNullElse(ip.netmask(), ""));
      if (ip.gateway() != null && !ip.gateway().isEmpty()) {
        boolean six = version.equals("ipv6");
        network.put(
            "routes",
            List.of(
                Map.of(
                    "network",
                    six ? "::" : "0.0.0.0",
                    "netmask",
                    six ? "::" : "0.0.0.0",
                    "gateway",
                    ip.gateway())));
      }
    }
    if (!words(wanted.dnsServers()).isEmpty()) {
      network.put("dns_nameservers", words(wanted.dnsServers()));
    }
    if (!words(wanted.dnsSearch()).isEmpty()) {
      network.put("dns_search", words(wanted.dnsSearch()));
    }
    networks.add(network);
  }

  /** The address of the NIC that the guest most likely gives that name. */
  private @Nullable String address(String name) {
    Matcher number = LAST_NUMBER.matcher(name);
    if (!number.find() || number.group(1).length() > 3) {
      return null;
    }
    int index = Integer.parseInt(number.group(1));
    List<PluggedNic> plugged = parts.nics();
    Mac mac = index < plugged.size() ? plugged.get(index).nic().mac() : null;
    return mac == null ? null : mac.address();
  }

  /** In the format of Debian's {@code interfaces(5)}. */
  private String interfaces() {
    StringBuilder text = new StringBuilder();
    for (NicConfiguration nic : nics()) {
      text.append("auto ").append(nic.name()).append('\n');
      stanza(text, nic.name(), nic.bootProtocol(), nic.ip(), "inet");
      stanza(text, nic.name(), nic.ipv6BootProtocol(), nic.ipv6(), "inet6");
    }
    return text.toString();
  }

  private void stanza(
      StringBuilder text,
      @Nullable String name,
      @Nullable BootProtocol protocol,
      @Nullable Ip ip,
      String family) {
    if (protocol == null || protocol == BootProtocol.NONE) {
      return;
    }
    String method =
        switch (protocol) {
          case STATIC, NONE -> "static";
          case DHCP -> "dhcp";
          case AUTOCONF, POLY_DHCP_AUTOCONF -> "auto";
        };
    text.append("iface ").append(name).append(' ').append(family).append(' ').append(method);
    text.append('\n');
    if (protocol == BootProtocol.STATIC && ip != null) {
      option(text, "address", ip.address());
      option(text, "netmask", ip.netmask());
      option(text, "gateway", ip.gateway());
    }
    option(text, "dns-nameservers", String.join(" ", words(wanted.dnsServers())));
    option(text, "dns-search", String.join(" ", words(wanted.dnsSearch())));
  }

  private static void option(StringBuilder text, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text.append("  ").append(name).append(' ').append(value).append('\n');
    }
  }

  private static List<String> words(@Nullable String text) {
    return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("[\\s,]+"));
  }

  private static List<String> lines(@Nullable String text) {
    return text == null
        ? List.of()
        : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
