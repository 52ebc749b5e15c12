package io.overt.bench;

import io.overt.libvirt.Connection;
import io.overt.libvirt.Domain;
import io.overt.libvirt.DomainState;
import io.overt.libvirt.Flags;
import io.overt.libvirt.LibvirtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "migrate",
    description = "Live migrations back and forth: through the API, and the same by virsh.")
final class MigrateCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Mixin private final Site site = new Site();

  @Option(names = "--count", paramLabel = "N", description = "migrations of each kind (100)")
  private int count = 100;

  @Option(names = "--inside", hidden = true, description = "in the network of the hosts already")
  private boolean inside;

  /** Milliseconds of all moves of a kind. */
  private record Measured(List<Double> took, List<Double> stood) {
    Measured() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path state = site.directory().resolve("pair");
    Path guest = site.directory().resolve("guest");
    if (inside) {
      measure(state, guest);
      return 0;
    }
    String hosts = state.resolve("hosts").toString();
    String script = site.installation().hostScript("hosts.sh").toString();
    Files.createDirectories(guest);
    Site.say("building the guest in " + guest);
    site.run(List.of(site.installation().guestScript().toString(), guest.toString()));
    site.run(List.of(script, "stop", hosts));
    site.run(List.of("rm", "-rf", "--one-file-system", state.toString()));
    Site.say("starting two hosts on " + hosts);
    site.run(
        List.of(script, "start", "--cache", site.directory().resolve("qemu").toString(), hosts));
    try {
      return again(state.resolve("hosts/switch/network-namespace"));
    } finally {
      site.run(List.of(script, "stop", hosts));
    }
  }

  /** This program once more, in the network that connects the hosts. */
  private int again(Path network) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--net=" + network,
                "--",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dovert.home=" + site.installation().home(),
                "-Dovert.app=" + site.installation().app(),
                "-cp",
                System.getProperty("java.class.path"),
                Bench.class.getName(),
                "migrate",
                "--inside",
                "--count=" + count,
                "--state=" + site.directory()));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private void measure(Path state, Path guest) throws IOException {
    String machine = ProcessTree.machine();
    Site.say("starting engine and agents on " + state);
    try (TwoHosts pair = new TwoHosts(site, state, guest)) {
      Site.say("starting a guest of each kind");
      String managed = pair.machine("bench-managed");
      String plain = plain(pair, managed);
      awaitBeat(pair, managed);
      awaitBeat(pair, plain);
      Measured ours = new Measured();
      Measured theirs = new Measured();
      // The first move of each kind is not counted: code is compiled.
      for (int turn = -1; turn < count; turn++) {
        boolean counted = turn >= 0;
        if (counted && turn % 10 == 0) {
          Site.say("migration " + (turn + 1) + " of " + count);
        }
        move(pair, managed, counted ? ours : new Measured());
        virsh(pair, plain, counted ? theirs : new Measured());
      }
      awaitNextBeat(pair, managed, "POST .../migrate");
      awaitNextBeat(pair, plain, "virsh");
      int lost = lost(pair, managed);
      int lostPlain = lost(pair, plain);
      print(ours, theirs, lost, lostPlain, machine);
    }
  }

  /** A guest like the engine's, of another name and id, that only libvirt knows of. */
  private static String plain(TwoHosts pair, String managed) throws IOException {
    int at = where(pair, managed);
    String id = UUID.randomUUID().toString();
    String xml =
        pair.libvirt(at)
            .domain(UUID.fromString(managed))
            .xml(Flags.Xml.SECURE, Flags.Xml.MIGRATABLE);
    String file = xml.replaceAll("(?s).*?<disk .*?file='([^']+)'.*", "$1");
    Path copy = Path.of(file).resolveSibling("plain");
    Files.copy(Path.of(file), copy);
    Domain domain =
        pair.libvirt(at)
            .createDomain(
                xml.replace(file, copy.toString())
                    .replace(managed, id)
                    .replace("bench-managed", "bench-plain"));
    return domain.uuid().toString();
  }

  private static int where(TwoHosts pair, String id) {
    return runs(pair.libvirt(1), id) ? 1 : 2;
  }

  private static boolean runs(Connection libvirt, String id) {
    try {
      return libvirt
          .findDomain(UUID.fromString(id))
          .map(domain -> domain.status().state() == DomainState.RUNNING)
          .orElse(false);
    } catch (LibvirtException gone) {
      return false;
    }
  }

  private static void move(TwoHosts pair, String id, Measured measured) {
    int from = where(pair, id);
    int to = 3 - from;
    String path = "/vms/" + id;
    long asked = System.nanoTime();
    pair.api().post(path + "/migrate", Map.of("host", Map.of("id", pair.host(to))));
    awaitGone(pair, from, id);
    measured.took().add((System.nanoTime() - asked) / 1e6);
    Site.await(() -> pair.status(path).equals("up"), "the machine is up on host " + to);
    stood(pair, to, id, measured);
  }

  private void virsh(TwoHosts pair, String id, Measured measured) {
    int from = where(pair, id);
    int to = 3 - from;
    long asked = System.nanoTime();
    site.run(
        List.of(
            "virsh",
            "-c",
            pair.uri(Integer.toString(from)),
            "migrate",
            id,
            "--live",
            "--p2p",
            "--unsafe",
            "--abort-on-error",
            "--auto-converge",
            "--bandwidth",
            "52",
            "--desturi",
            pair.uri(Integer.toString(to)),
            "--migrateuri",
            "tcp://" + TwoHosts.address(to)));
    awaitGone(pair, from, id);
    measured.took().add((System.nanoTime() - asked) / 1e6);
    stood(pair, to, id, measured);
  }

  /** The guest has left when its old host has no more of it. */
  private static void awaitGone(TwoHosts pair, int from, String id) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (pair.libvirt(from).findDomain(UUID.fromString(id)).isPresent()) {
      if (System.nanoTime() > end) {
        throw new BenchFailure("machine " + id + " did not leave host " + from);
      }
      Site.sleep(Duration.ofMillis(5));
    }
  }

  /** How long it stood still, which the new host's libvirtd has learned from the old one. */
  private static void stood(TwoHosts pair, int at, String id, Measured measured) {
    pair.libvirt(at)
        .domain(UUID.fromString(id))
        .jobs()
        .completed()
        .values()
        .number("downtime")
        .ifPresent(milliseconds -> measured.stood().add((double) milliseconds));
  }

  private static void awaitBeat(TwoHosts pair, String id) throws IOException {
    Path console = pair.console(id);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (beats(console).isEmpty()) {
      if (System.nanoTime() > end) {
        throw new BenchFailure("the guest " + id + " does not come up; see " + console);
      }
      Site.sleep(Duration.ofMillis(100));
    }
  }

  /** A guest that stands still has lost no count. */
  private static void awaitNextBeat(TwoHosts pair, String id, String mover) throws IOException {
    Path console = pair.console(id);
    int before = beats(console).size();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (beats(console).size() == before) {
      if (System.nanoTime() > end) {
        throw new BenchFailure(
            "the guest that was moved by " + mover + " stands still; see " + console);
      }
      Site.sleep(Duration.ofMillis(100));
    }
  }

  private static List<Integer> beats(Path console) throws IOException {
    if (!Files.exists(console)) {
      return List.of();
    }
    return new String(Files.readAllBytes(console), StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> line.matches("HEARTBEAT \\d+ up=\\S+ boot=[0-9a-f]{8}"))
        .map(line -> Integer.parseInt(line.split(" ")[1]))
        .toList();
  }

  /** Counts that are missing from the guest's own count. */
  private static int lost(TwoHosts pair, String id) throws IOException {
    List<Integer> beats = beats(pair.console(id));
    int lost = 0;
    for (int index = 1; index < beats.size(); index++) {
      lost += Math.abs(beats.get(index) - beats.get(index - 1) - 1);
    }
    return lost;
  }

  private void print(Measured ours, Measured theirs, int lost, int lostPlain, String machine) {
    Samples managed = Samples.of(ours.took());
    Samples plain = Samples.of(theirs.took());
    Report table =
        new Report(
            "live migration, guest writing",
            "runs",
            "median ms",
            "least",
            "most",
            "downtime ms",
            "lost counts");
    row(table, "POST .../migrate", managed, ours, lost);
    row(table, "virsh migrate --p2p", plain, theirs, lostPlain);
    System.out.printf(
        Locale.ROOT,
        "From the request until the old host has nothing left of the guest; %s, then %s%n%s%n"
            + "ratio of the medians: %.3f; added: %.0f ms%n",
        machine,
        ProcessTree.load(),
        table.text(),
        managed.median() / plain.median(),
        managed.median() - plain.median());
  }

  private static void row(Report table, String name, Samples took, Measured measured, int lost) {
    table.row(
        name,
        Integer.toString(took.count()),
        RestCommand.number(0, took.median()),
        RestCommand.number(0, took.least()),
        RestCommand.number(0, took.most()),
        measured.stood().isEmpty()
            ? "?"
            : RestCommand.number(0, Samples.of(measured.stood()).median()),
        Integer.toString(lost));
  }
}
