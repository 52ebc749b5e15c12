package io.overt.agent.simulated;

import io.overt.agent.hypervisor.NodeFacts;
import io.overt.agent.hypervisor.NodeFacts.Hardware;
import io.overt.agent.hypervisor.NodeFacts.NetworkDevice;
import io.overt.agent.hypervisor.NodeFacts.NumaNode;
import io.overt.agent.hypervisor.NodeFacts.OperatingSystem;
import io.overt.agent.hypervisor.NodeFacts.Processor;
import io.overt.agent.hypervisor.NodeStatistics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A simulated machine.
 *
 * @param index makes addresses unique among the hosts of a process
 * @param threads of one socket, two for each core
 */
public record SimulatedNode(UUID hostId, int index, int threads, long memoryMib) {

  /** A machine of 64 threads and 256 GiB whose id follows from its index. */
  public static SimulatedNode numbered(int index) {
    return new SimulatedNode(
        new UUID(0x5173_5a7e_0000_4000L, 0x8000_0000_0000_0000L | index), index, 64, 256 * 1024);
  }

  NodeFacts facts() {
    List<Integer> cpus = IntStream.range(0, threads).boxed().toList();
    String mac =
        "52:54:%02x:%02x:%02x:".formatted(index >> 16 & 255, index >> 8 & 255, index & 255);
    String address =
        "10.%d.%d.%d".formatted(100 + (index >> 16 & 63), index >> 8 & 255, index & 255);
    return new NodeFacts(
        hostId,
        new Processor(
            "x86_64",
            "Simulated Processor",
            List.of("vmx", "nx", "sse4_1", "sse4_2", "aes", "avx", "avx2"),
            List.of(
                "qemu64",
                "Nehalem",
                "Westmere",
                "SandyBridge",
                "IvyBridge",
                "Haswell-noTSX",
                "Broadwell-noTSX",
                "Skylake-Client",
                "Skylake-Server",
                "Cascadelake-Server"),
            2600,
            1,
            threads / 2,
            threads,
            cpus),
        memoryMib,
        true,
        List.of("pc-q35-rhel9.4.0", "pc-q35-7.2", "pc-i440fx-7.2", "q35", "pc"),
        new OperatingSystem("unknown", "1", "1", "Simulated host"),
        new Hardware("Overt", "Simulated host", "1", "SIM" + index, "Simulated", hostId.toString()),
        Map.of("kernel", "6.1.0", "libvirt", "9.0.0", "qemu-kvm", "7.2.22", "vdsm", "4.50.5"),
        List.of(new NumaNode(0, cpus, memoryMib)),
        List.of(
            new NetworkDevice(
                "ovirtmgmt",
                true,
                true,
                mac + "00",
                1500,
                10_000,
                List.of("eth0"),
                address,
                8,
                List.of()),
            new NetworkDevice(
                "eth0", false, true, mac + "01", 1500, 10_000, List.of(), "", 0, List.of())),
        Map.of("ovirtmgmt", "ovirtmgmt"));
  }

  /** How busy its guests make it. */
  NodeStatistics measure(Collection<SimulatedDomain> guests, long bootTimeSeconds) {
    double busy =
        guests.stream().mapToDouble(guest -> guest.load() * guest.description().vcpus()).sum();
    double share = Math.min(100, 0.5 + 100 * busy / threads);
    NodeStatistics.Cpu cpu =
        new NodeStatistics.Cpu(share * 0.9, share * 0.1, Math.max(0, 100 - share));
    long memory = memoryMib * 1024;
    long used =
        512 * 1024 + guests.stream().mapToLong(guest -> guest.description().memoryKib()).sum();
    return new NodeStatistics(
        cpu,
        IntStream.range(0, threads).mapToObj(index -> cpu).toList(),
        busy,
        memory,
        Math.max(0, memory - used),
        0,
        0,
        8 * 1024 * 1024,
        8 * 1024 * 1024,
        bootTimeSeconds,
        Map.of(
            "ovirtmgmt", new NodeStatistics.Traffic(true, 10_000, 0, 0, 0, 0, 0, 0),
            "eth0", new NodeStatistics.Traffic(true, 10_000, 0, 0, 0, 0, 0, 0)));
  }
}
