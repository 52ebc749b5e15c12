package io.overt.libvirt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Several hosts, numbered from 1, each with a libvirtd and a network of its own; a further network
 * connects them and has no way out. They end with the JVM; what a JVM that was killed left behind
 * is ended by the next one.
 */
public final class PrivateHosts implements AutoCloseable {
  private static final Path PARENT = Path.of("/tmp");
  private static final String PREFIX = "overt-hosts-";
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private final Path state;

  private PrivateHosts(Path state) {
    this.state = state;
  }

  public static PrivateHosts start(int count) {
    Commands.run(Duration.ofMinutes(10), PrivateLibvirt.script("host/install-packages.sh"));
    sweep();
    try {
      Path state = Files.createTempDirectory(PARENT, PREFIX + ProcessHandle.current().pid() + "-");
      PrivateHosts hosts = new PrivateHosts(state);
      Runtime.getRuntime().addShutdownHook(new Thread(hosts::close));
      script(
          "start",
          "--count",
          Integer.toString(count),
          "--cache",
          Path.of(System.getProperty("user.home"), ".cache", "overt", "libvirt").toString(),
          state.toString());
      return hosts;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static String script(String... words) {
    List<String> command = new ArrayList<>(List.of(PrivateLibvirt.script("host/hosts.sh")));
    command.addAll(List.of(words));
    return Commands.run(DEADLINE, command.toArray(String[]::new));
  }

  private static void sweep() {
    try (Stream<Path> left = Files.list(PARENT)) {
      left.filter(path -> path.getFileName().toString().startsWith(PREFIX))
          .filter(PrivateHosts::abandoned)
          .forEach(PrivateHosts::remove);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static boolean abandoned(Path state) {
    String owner = state.getFileName().toString().substring(PREFIX.length()).split("-", 2)[0];
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(owner));
    return process.isEmpty() || !process.get().isAlive();
  }

  /** What all hosts see. */
  public Path shared() {
    return state.resolve("shared");
  }

  /** A host's own files. */
  public Path directory(int host) {
    return state.resolve(Integer.toString(host));
  }

  public Path network(int host) {
    return directory(host).resolve("network-namespace");
  }

  /** The network between the hosts, with the address 10.77.0.1. */
  public Path switchNetwork() {
    return state.resolve("switch/network-namespace");
  }

  public String address(int host) {
    return "10.77.0.1" + host;
  }

  public String uri(int host) {
    return "qemu+unix:///system?socket=" + directory(host).resolve("run/libvirt-sock");
  }

  /** The URI of another host, with {@code {host}} for its address. */
  public String uriPattern() {
    return "qemu+unix:///system?socket=" + state + "/{host}/run/libvirt-sock";
  }

  /** The host loses its power. */
  public void crash(int host) {
    script("crash", Integer.toString(host), state.toString());
  }

  /** The host has power again; no guest comes with it. */
  public void revive(int host) {
    script("revive", Integer.toString(host), state.toString());
  }

  /** Runs a program in the host's network; gives its output. */
  public String run(int host, String... command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "--net=" + network(host), "--"));
    all.addAll(List.of(command));
    return Commands.run(Duration.ofMinutes(1), all.toArray(String[]::new));
  }

  @Override
  public void close() {
    if (Files.exists(state)) {
      remove(state);
    }
  }

  private static void remove(Path state) {
    script("stop", state.toString());
    Commands.run(DEADLINE, "rm", "-rf", "--one-file-system", state.toString());
  }
}
