package io.overt.agent.hypervisor;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The machine and what it can run.
 *
 * @param memoryMib physical memory
 * @param kvm whether domains of type {@code kvm} may be started
 * @param machines machine types the emulator knows
 * @param packages versions by package name ({@code kernel}, {@code libvirt}, {@code qemu-kvm} …)
 * @param numaNodes at least one
 */
public record NodeFacts(
    UUID hostId,
    Processor processor,
    long memoryMib,
    boolean kvm,
    List<String> machines,
    OperatingSystem operatingSystem,
    Hardware hardware,
    Map<String, String> packages,
    List<NumaNode> numaNodes,
    List<NetworkDevice> networkDevices,
    Map<String, String> networks) {

  /** The same machine with other network devices. */
  public NodeFacts with(List<NetworkDevice> devices) {
    return new NodeFacts(
        hostId,
        processor,
        memoryMib,
        kvm,
        machines,
        operatingSystem,
        hardware,
        packages,
        numaNodes,
        devices,
        networks);
  }

  /**
   * @param flags as the kernel names them
   * @param models CPU models that guests may be given, without a prefix
   * @param onlineCpus numbers of the logical CPUs that are online
   */
  public record Processor(
      String architecture,
      String model,
      List<String> flags,
      List<String> models,
      int megahertz,
      int sockets,
      int cores,
      int threads,
      List<Integer> onlineCpus) {}

  public record OperatingSystem(String name, String version, String release, String prettyName) {}

  public record Hardware(
      String manufacturer,
      String product,
      String version,
      String serialNumber,
      String family,
      String uuid) {}

  public record NumaNode(int index, List<Integer> cpus, long memoryMib) {}

  /**
   * A network device of the host.
   *
   * @param ports the bridge's ports; empty for a plain card
   * @param ipv4Address empty when there is none
   * @param prefixLength of the IPv4 address
   * @param speedMegabits 0 when unknown
   */
  public record NetworkDevice(
      String name,
      boolean bridge,
      boolean up,
      String macAddress,
      int mtu,
      int speedMegabits,
      List<String> ports,
      String ipv4Address,
      int prefixLength,
      List<String> ipv6Addresses) {}
}
