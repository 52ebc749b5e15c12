package io.overt.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Net-SNMP's own {@code snmptrapd} on a port of this machine, with a state of its own. */
final class TrapReceiver implements AutoCloseable {
  private static final String MARK = "TRAP ";

  private final Path directory;
  private final int port;
  private final List<String> options;
  private final Map<String, String> environment;
  private Process process;

  private TrapReceiver(
      Path directory, int port, List<String> options, Map<String, String> environment) {
    this.directory = directory;
    this.port = port;
    this.options = options;
    this.environment = environment;
    this.process = launch();
  }

  /** Prints object identifiers as numbers. */
  static TrapReceiver numeric(String... configuration) {
    return open(List.of("-m", "", "-On"), Map.of(), configuration);
  }

  /** Prints the names of these modules, which it finds in those directories. */
  static TrapReceiver symbolic(String modules, String directories, String... configuration) {
    return open(List.of("-m", modules), Map.of("MIBDIRS", directories), configuration);
  }

  private static TrapReceiver open(
      List<String> options, Map<String, String> environment, String... configuration) {
    Path directory = EngineFixture.temporaryDirectory();
    try {
      Files.write(directory.resolve("trapd.conf"), List.of(configuration));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TrapReceiver(directory, freePort(), options, environment);
  }

  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
      try (DatagramSocket socket =
          new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
        return socket.getLocalPort();
      } catch (SocketException taken) {
        continue;
      }
    }
  }

  private Process launch() {
    List<String> command = new ArrayList<>(List.of("snmptrapd", "-f", "-n", "-A", "-C", "-c"));
    command.add(directory.resolve("trapd.conf").toString());
    command.addAll(options);
    command.addAll(List.of("-Lf", log().toString(), "-F", MARK + "%v\n", address()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile());
    builder.environment().put("SNMP_PERSISTENT_DIR", directory.resolve("state").toString());
    builder.environment().putAll(environment);
    try {
      Process started = builder.start();
      Await.until(
          "snmptrapd listens",
          Duration.ofSeconds(20),
          () -> {
            try {
              return started.isAlive() ? Files.readString(Path.of("/proc/net/udp")) : "ended";
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          },
          sockets -> sockets.contains("0100007F:%04X".formatted(port)));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("snmptrapd is needed (package snmptrapd)", e);
    }
  }

  private Path log() {
    return directory.resolve("log");
  }

  private String address() {
    return "udp:127.0.0.1:" + port;
  }

  /** As {@code SNMP_MANAGERS} names it. */
  String manager() {
    return "127.0.0.1:" + port;
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** Starts it again, on the same port. */
  void restart() {
    process = launch();
  }

  private void await() {
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Each trap's variables as printed, by name or number. */
  List<Map<String, String>> traps() {
    try {
      // What is printed in hexadecimal goes over several lines.
      return Files.exists(log())
          ? Arrays.stream(Files.readString(log()).split(MARK, -1))
              .skip(1)
              .map(TrapReceiver::variables)
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> variables(String line) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String variable : line.split("\t", -1)) {
      int equals = variable.indexOf(" = ");
      if (equals > 0) {
        variables.put(variable.substring(0, equals), variable.substring(equals + 3).strip());
      }
    }
    return variables;
  }

  /** Everything it wrote, to see why something did not arrive. */
  String everything() {
    try {
      return (Files.exists(log()) ? Files.readString(log()) : "")
          + Files.readString(directory.resolve("output"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    await();
    EngineFixture.delete(directory);
  }
}
