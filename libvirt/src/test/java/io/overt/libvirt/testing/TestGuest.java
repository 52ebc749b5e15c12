package io.overt.libvirt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The demo guest as a domain, and its heartbeats, which prove that it is still the same machine.
 */
public final class TestGuest {
  private static final Duration BOOT_DEADLINE = Duration.ofMinutes(2);

  /** Counter and boot id: after a reboot both start anew. */
  public record Heartbeat(int count, String boot) {}

  private final String name;
  private final UUID uuid = UUID.randomUUID();
  private final Path directory;
  private final Path images;

  /** Also makes the guest's empty disk, and builds the guest's kernel at the first time. */
  public TestGuest(String name, Path directory) {
    this.name = name;
    this.directory = directory;
    this.images = images();
    Commands.run(
        Duration.ofMinutes(1), "qemu-img", "create", "-q", "-f", "qcow2", disk().toString(), "64M");
  }

  /** Directory with {@code kernel} and {@code initrd.gz}, kept between runs. */
  public static Path images() {
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "overt", "guest");
    Commands.run(
        Duration.ofMinutes(10), PrivateLibvirt.script("guest/build-guest.sh"), cache.toString());
    return cache;
  }

  public UUID uuid() {
    return uuid;
  }

  public String name() {
    return name;
  }

  public Path disk() {
    return directory.resolve(name + ".qcow2");
  }

  /** With the QEMU guest agent in the guest. */
  public String withAgent() {
    return xml().replace("/initrd.gz", "/initrd-agent.gz");
  }

  /** A disk that the guest writes to: raw, {@code vdb}, a MiB a second if the guest is so told. */
  public String withWrittenDisk(Path file) {
    return xml()
        .replace(" overt.ip=", " overt.write=vdb overt.ip=")
        .replace(
            "<interface ",
            """
            <disk type='file' device='disk'>
              <driver name='qemu' type='raw' cache='writethrough' error_policy='stop'/>
              <source file='%s'/>
              <target dev='vdb' bus='virtio'/>
              <alias name='ua-written'/>
            </disk>
            <interface\s"""
                .formatted(file));
  }

  private Path console() {
    return directory.resolve(name + ".console");
  }

  /**
   * The domain, closed to console connections, with room for hot-plugged devices. QEMU 7.2 aborts
   * at the hot-plug of a vCPU when the vCPUs before it have filled the translation cache, which 32
   * MiB do not prevent.
   */
  public String xml() {
    return
"""
<domain type='qemu'>
  <name>%1$s</name>
  <uuid>%2$s</uuid>
  <memory unit='MiB'>128</memory>
  <currentMemory unit='MiB'>128</currentMemory>
  <vcpu current='1'>2</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>%3$s/kernel</kernel>
    <initrd>%3$s/initrd.gz</initrd>
    <cmdline>console=ttyS0 panic=1 quiet overt.name=%1$s overt.ip=10.88.0.1/24</cmdline>
  </os>
  <features><acpi/><apic/><tcg><tb-cache unit='MiB'>128</tb-cache></tcg></features>
  <cpu mode='custom' match='exact'><model>qemu64</model></cpu>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <controller type='pci' index='0' model='pcie-root'/>
    %4$s
    <controller type='usb' model='none'/>
    <controller type='virtio-serial' index='0'/>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none' io='threads' error_policy='stop'/>
      <source file='%5$s'/>
      <target dev='vda' bus='virtio'/>
      <alias name='ua-root'/>
    </disk>
    <interface type='bridge'>
      <source bridge='ovirtmgmt'/>
      <model type='virtio'/>
      <filterref filter='vdsm-no-mac-spoofing'/>
      <rom enabled='no'/>
      <alias name='ua-nic1'/>
    </interface>
    <serial type='file'><source path='%6$s' append='on'/></serial>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1' passwd='x' passwdValidTo='1970-01-01T00:00:01'/>
    <video><model type='vga' vram='16384' heads='1'/></video>
    <memballoon model='virtio'><stats period='1'/></memballoon>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
  </devices>
</domain>
"""
        .formatted(
            name,
            uuid,
            images,
            "<controller type='pci' model='pcie-root-port'/>".repeat(12),
            disk(),
            console());
  }

  /** Waits for the first heartbeat. */
  public Heartbeat awaitBoot() {
    return await("a first heartbeat", BOOT_DEADLINE, beat -> true);
  }

  /** Waits for a heartbeat later than the given one, in the same boot. */
  public Heartbeat awaitNext(Heartbeat previous) {
    return await(
        "a heartbeat after " + previous,
        Duration.ofMinutes(1),
        beat -> beat.count() > previous.count() && beat.boot().equals(previous.boot()));
  }

  /** Waits until the console satisfies the condition at its last heartbeat. */
  public Heartbeat await(String what, Duration deadline, Predicate<Heartbeat> condition) {
    Instant end = Instant.now().plus(deadline);
    while (Instant.now().isBefore(end)) {
      List<Heartbeat> beats = heartbeats();
      if (!beats.isEmpty() && condition.test(beats.getLast())) {
        return beats.getLast();
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException problem) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", problem);
      }
    }
    throw new AssertionError(
        name + ": no " + what + " within " + deadline + "; console:\n" + consoleText());
  }

  public List<Heartbeat> heartbeats() {
    return consoleText()
        .lines()
        // The last line may be half written.
        .filter(line -> line.matches("HEARTBEAT \\d+ up=\\S+ boot=[0-9a-f]{8}"))
        .map(line -> line.split(" "))
        .map(word -> new Heartbeat(Integer.parseInt(word[1]), word[3].substring("boot=".length())))
        .toList();
  }

  public String consoleText() {
    try {
      return Files.exists(console())
          ? new String(Files.readAllBytes(console()), StandardCharsets.ISO_8859_1)
          : "";
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
