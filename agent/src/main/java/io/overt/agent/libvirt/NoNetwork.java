package io.overt.agent.libvirt;

import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.vms.NicUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The bridge that leads nowhere: NICs without a network are attached to it, since libvirt can move
 * a NIC between bridges while it is in use, but not from a bridge to nothing. It is made when the
 * first NIC needs it, as VDSM's installation makes it.
 */
final class NoNetwork {

  private static final String BRIDGE = NicUpdate.NO_NETWORK;
  private static final Path DEVICE = Path.of("/sys/class/net", BRIDGE);
  private static final long SECONDS = 10;

  private NoNetwork() {}

  /** Makes the bridge if the XML refers to it and there is none. */
  static void ensure(String xml) {
    if (xml.contains(BRIDGE) && !Files.exists(DEVICE)) {
      run("ip", "link", "add", BRIDGE, "type", "bridge");
      run("ip", "link", "set", BRIDGE, "up");
    }
  }

  private static void run(String... command) {
    String told;
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new HypervisorException(Kind.TIMEOUT, String.join(" ", command) + " takes too long");
      }
      told =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (process.exitValue() == 0 || Files.exists(DEVICE)) {
        return;
      }
    } catch (IOException e) {
      throw new HypervisorException(Kind.FAILED, String.join(" ", command) + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HypervisorException(Kind.FAILED, "interrupted", e);
    }
    throw new HypervisorException(Kind.FAILED, String.join(" ", command) + ": " + told.strip());
  }
}
