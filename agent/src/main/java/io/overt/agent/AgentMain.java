package io.overt.agent;

import io.overt.agent.AgentSettings.InvalidSettingException;
import io.overt.agent.hooks.HookContext;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hooks.Hooks;
import io.overt.agent.hypervisor.NodeFacts.NetworkDevice;
import io.overt.agent.libvirt.LibvirtHypervisor;
import io.overt.agent.network.LinuxLayer;
import io.overt.agent.network.NetworkFile;
import io.overt.agent.node.LinuxNode;
import io.overt.agent.power.FencePrograms;
import io.overt.agent.storage.FileDomainStore;
import io.overt.agent.verbs.AgentVerbs;
import io.overt.agent.vms.DirectoryJournal;
import io.overt.agent.vms.DomainPolicy;
import io.overt.agent.vms.IsoImages;
import io.overt.agent.vms.MigrationSettings;
import io.overt.agent.vms.VmTimes;
import io.overt.vdsmrpc.Tls;
import io.overt.vdsmrpc.TlsMaterial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;

/** The agent of a real host; settings as in {@link AgentSettings}. */
public final class AgentMain {

  private AgentMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    RunningAgent running;
    try {
      running = start(AgentSettings.read(List.of(arguments)));
    } catch (InvalidSettingException e) {
      System.err.println("agent: " + e.getMessage());
      System.exit(2);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop-agent"));
    System.out.println("agent listens on port " + running.port());
    new CountDownLatch(1).await();
  }

  /** An agent with all that belongs to it. Closing it leaves virtual machines running. */
  public record RunningAgent(
      Agent agent, LibvirtHypervisor hypervisor, ScheduledThreadPoolExecutor timers, Hooks hooks)
      implements AutoCloseable {

    public int port() {
      return agent.port();
    }

    @Override
    public void close() {
      agent.close();
      hypervisor.close();
      timers.shutdownNow();
      hooks.run(HookPoint.AFTER_VDSM_STOP, HookContext.host());
    }
  }

  /** Starts the agent of this machine. */
  public static RunningAgent start(AgentSettings settings) {
    Path state = directory(settings.stateDirectory());
    // Nobody is connected who could be told of these scripts; the log has them.
    Hooks hooks = new Hooks(settings.hooks(), run -> {});
    hooks.prepare();
    hooks.run(HookPoint.BEFORE_VDSM_START, HookContext.host());
    Optional<Path> serialLog =
        settings.serialLog() ? Optional.of(directory(state.resolve("console"))) : Optional.empty();
    LinuxNode node = new LinuxNode(hostId(state.resolve("host-id")));
    TlsMaterial material =
        new TlsMaterial(settings.tlsCertificate(), settings.tlsKey(), settings.tlsAuthority());
    Optional<SSLContext> tls =
        settings.tls() ? Optional.of(Tls.context(material)) : Optional.empty();
    settings
        .migrationCertificates()
        .ifPresent(directory -> MigrationCertificates.layOut(material, directory));
    LibvirtHypervisor hypervisor =
        new LibvirtHypervisor(
            settings.libvirtUri(), node, settings.virtType(), settings.networks());
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timers").factory());
    Agent agent =
        Agent.start(
            new AgentVerbs.Host(
                hypervisor,
                new FileDomainStore(settings.storageRoot()),
                new DirectoryJournal(state.resolve("vms")),
                new DomainPolicy(
                    settings.virtType(),
                    settings.consoleAddress(),
                    serialLog,
                    directory(settings.serialSockets()),
                    new IsoImages(state.resolve("payloads"))),
                VmTimes.standard(),
                settings.hooks(),
                new LinuxLayer(),
                new NetworkFile(Optional.of(state.resolve("networks.json"))),
                displayAddress(settings, node),
                MigrationSettings.standard()
                    .to(settings.migrationUri(), settings.unsafeMigration()),
                new RpcPeers(tls),
                new FencePrograms()),
            new InetSocketAddress(settings.bindAddress(), settings.port()),
            tls,
            timers);
    return new RunningAgent(agent, hypervisor, timers, hooks);
  }

  /** Without a word about it, consoles are reached at the first address of this machine. */
  private static String displayAddress(AgentSettings settings, LinuxNode node) {
    if (!settings.displayAddress().equals("0.0.0.0")) {
      return settings.displayAddress();
    }
    return node.network().devices().stream()
        .map(NetworkDevice::ipv4Address)
        .filter(address -> !address.isEmpty())
        .findFirst()
        .orElse("127.0.0.1");
  }

  /** The host's identity for the engine: made once, kept in the state directory. */
  private static UUID hostId(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, UUID.randomUUID() + "\n");
      }
      return UUID.fromString(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read or write the host's id in " + file, e);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException("The host's id in " + file + " is no UUID");
    }
  }

  private static Path directory(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new InvalidSettingException("Cannot create the directory " + path + ": " + e);
    }
  }
}
